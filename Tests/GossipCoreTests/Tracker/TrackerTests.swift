import GossipCore
import Testing

/// Who is a member, by times that are passed in.
@Suite struct TrackerTests {
    private typealias Tracker = TrackerStateMachine<String, Int>

    /// Δ is one second, so a member is gone after more than eleven.
    private func tracker(_ adjust: (inout TrackerConfiguration) -> Void = { _ in }) -> Tracker {
        var configuration = TrackerConfiguration(cycleInterval: .seconds(1))
        adjust(&configuration)
        return Tracker(configuration: configuration, generator: RandomGenerator(seed: 1))
    }

    @Test func aMemberJoinsOnce() {
        var tracker = tracker()
        #expect(tracker.announce(1, to: "a", at: .at(0)) == .joined)
        #expect(tracker.announce(1, to: "a", at: .at(1)) == .heardAgain)
        #expect(tracker.sample(of: "a", at: .at(2)) == [1])
        #expect(tracker.memberCount == 1 && tracker.memberCount(of: "a") == 1 && tracker.torrentCount == 1)
    }

    @Test func anUnknownTorrentHasNoMembers() {
        var tracker = tracker()
        #expect(tracker.sample(of: "a", at: .at(0)) == [])
        #expect(tracker.memberCount(of: "a") == 0 && tracker.torrentCount == 0)
    }

    @Test func elevenSecondsOfSilenceAreAllowedAndNoMore() {
        var tracker = tracker()
        _ = tracker.announce(1, to: "a", at: .at(500))
        #expect(tracker.sample(of: "a", at: .at(11_500)) == [1])
        #expect(tracker.sample(of: "a", at: TimePoint(nanoseconds: 11_500_000_001)) == [])
        #expect(tracker.memberCount == 0 && tracker.torrentCount == 0)
    }

    @Test func theLimitFollowsTheCycle() {
        var tracker = Tracker(
            configuration: TrackerConfiguration(cycleInterval: .milliseconds(100)), generator: RandomGenerator(seed: 1))
        #expect(tracker.configuration.silenceLimit == .milliseconds(10_100))
        _ = tracker.announce(1, to: "a", at: .at(1))
        #expect(tracker.removeSilent(at: .at(10_101)) == 0)
        #expect(tracker.removeSilent(at: .at(10_102)) == 1)
    }

    @Test func aPunctualMemberStays() {
        var tracker = tracker()
        for announce in UInt64(0)...20 {
            let now = TimePoint.at(announce * 10_900)
            #expect(tracker.announce(1, to: "a", at: now) == (announce == 0 ? .joined : .heardAgain))
            #expect(tracker.removeSilent(at: now) == 0)
        }
    }

    @Test func onlyTheSilentAreRemoved() {
        var tracker = tracker()
        for member in 1...5 { _ = tracker.announce(member, to: "a", at: .at(UInt64(member))) }
        _ = tracker.announce(2, to: "a", at: .at(5_000))
        #expect(tracker.removeSilent(at: .at(11_004)) == 2, "1 and 3")
        #expect(Set(tracker.sample(of: "a", at: .at(11_004))) == [2, 4, 5])
    }

    @Test func whoLeavesIsGoneAtOnceAndMayReturn() {
        var tracker = tracker()
        _ = tracker.announce(1, to: "a", at: .at(0))
        _ = tracker.announce(2, to: "a", at: .at(0))
        tracker.leave(1, from: "a")
        #expect(tracker.sample(of: "a", at: .at(0)) == [2])
        tracker.leave(1, from: "a")
        tracker.leave(1, from: "b")
        #expect(tracker.memberCount == 1)
        #expect(tracker.announce(1, to: "a", at: .at(1)) == .joined)
    }

    @Test func torrentsAreApart() {
        var tracker = tracker()
        _ = tracker.announce(1, to: "a", at: .at(0))
        _ = tracker.announce(2, to: "b", at: .at(0))
        _ = tracker.announce(1, to: "b", at: .at(6_000))
        tracker.leave(2, from: "a")
        #expect(tracker.memberCount == 3 && tracker.torrentCount == 2)
        #expect(tracker.removeSilent(at: .at(12_000)) == 2)
        #expect(tracker.sample(of: "a", at: .at(12_000)) == [])
        #expect(tracker.sample(of: "b", at: .at(12_000)) == [1])
        #expect(tracker.torrentCount == 1)
    }

    @Test func aTorrentHasSoManyMembers() {
        var tracker = tracker { $0.memberLimit = 2 }
        _ = tracker.announce(1, to: "a", at: .at(0))
        _ = tracker.announce(2, to: "a", at: .at(0))
        #expect(tracker.announce(3, to: "a", at: .at(0)) == .overloaded)
        #expect(tracker.announce(2, to: "a", at: .at(0)) == .heardAgain, "members are heard even then")
        #expect(tracker.announce(3, to: "b", at: .at(0)) == .joined)
        #expect(tracker.memberCount == 3)
    }

    @Test func aTrackerHasSoManyMembers() {
        var tracker = tracker { $0.totalMemberLimit = 2 }
        _ = tracker.announce(1, to: "a", at: .at(0))
        _ = tracker.announce(2, to: "b", at: .at(0))
        #expect(tracker.announce(3, to: "c", at: .at(0)) == .overloaded)
        #expect(tracker.announce(3, to: "a", at: .at(0)) == .overloaded)
        tracker.leave(1, from: "a")
        #expect(tracker.announce(3, to: "c", at: .at(0)) == .joined)
    }

    @Test func aTrackerHasSoManyTorrents() {
        var tracker = tracker { $0.torrentLimit = 1 }
        _ = tracker.announce(1, to: "a", at: .at(0))
        #expect(tracker.announce(1, to: "b", at: .at(0)) == .overloaded)
        #expect(tracker.announce(2, to: "a", at: .at(0)) == .joined)
        tracker.leave(1, from: "a")
        tracker.leave(2, from: "a")
        #expect(tracker.announce(1, to: "b", at: .at(0)) == .joined, "a torrent without members is none")
    }
}
