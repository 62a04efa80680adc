import GossipCore
import Testing

/// What one machine may do to a tracker, and to the others' samples.
@Suite struct TrackerOriginTests {
    private typealias Tracker = TrackerStateMachine<String, Int>

    private func tracker(_ adjust: (inout TrackerConfiguration) -> Void = { _ in }) -> Tracker {
        var configuration = TrackerConfiguration(cycleInterval: .seconds(1))
        adjust(&configuration)
        return Tracker(configuration: configuration, generator: RandomGenerator(seed: 1))
    }

    private func origin(_ number: UInt64) -> MemberOrigin { MemberOrigin(rawValue: number) }

    @Test func membersOfOneOriginAreBounded() {
        var tracker = tracker { $0.originMemberLimit = 2 }
        #expect(tracker.announce(1, to: "a", from: origin(7), at: .at(0)) == .joined)
        #expect(tracker.announce(2, to: "b", from: origin(7), at: .at(0)) == .joined)
        #expect(tracker.announce(3, to: "a", from: origin(7), at: .at(0)) == .originOverloaded)
        #expect(tracker.announce(1, to: "a", from: origin(7), at: .at(1)) == .heardAgain)
        #expect(tracker.announce(4, to: "a", from: origin(8), at: .at(1)) == .joined, "others are not its fault")
        #expect(tracker.announce(5, to: "a", at: .at(1)) == .joined, "nor who has no origin")
        tracker.leave(2, from: "b", by: origin(7))
        #expect(tracker.announce(3, to: "a", from: origin(7), at: .at(1)) == .joined)
        #expect(tracker.removeSilent(at: .at(12_000)) == 4)
        #expect(tracker.memberCount == 0)
        #expect(tracker.announce(3, to: "a", from: origin(7), at: .at(12_000)) == .joined)
        #expect(tracker.announce(2, to: "a", from: origin(7), at: .at(12_000)) == .joined, "silence frees the places")
    }

    @Test func torrentsOfOneOriginAreBounded() {
        var tracker = tracker { $0.originTorrentLimit = 2 }
        for (member, torrent) in [(1, "a"), (2, "a"), (1, "b")] {
            #expect(tracker.announce(member, to: torrent, from: origin(7), at: .at(0)) == .joined)
        }
        #expect(tracker.announce(1, to: "c", from: origin(7), at: .at(0)) == .originOverloaded)
        #expect(tracker.announce(3, to: "b", from: origin(7), at: .at(0)) == .joined, "one that it has already")
        tracker.leave(1, from: "a", by: origin(7))
        #expect(tracker.announce(1, to: "c", from: origin(7), at: .at(0)) == .originOverloaded, "2 is still in a")
        tracker.leave(2, from: "a", by: origin(7))
        #expect(tracker.announce(1, to: "c", from: origin(7), at: .at(0)) == .joined)
        #expect(tracker.torrentCount == 2)
    }

    @Test func announcementsOfOneOriginAreBoundedOverTime() {
        var tracker = tracker {
            $0.originAnnounceRate = 2
            $0.originAnnounceBurst = .seconds(1)
        }
        #expect(tracker.announce(1, to: "a", from: origin(7), at: .at(0)) == .joined)
        #expect(tracker.announce(1, to: "a", from: origin(7), at: .at(0)) == .heardAgain)
        #expect(tracker.announce(1, to: "a", from: origin(7), at: .at(499)) == .tooOften)
        #expect(tracker.announce(2, to: "a", from: origin(8), at: .at(499)) == .joined)
        #expect(tracker.announce(1, to: "a", from: origin(7), at: .at(500)) == .heardAgain)
        #expect(tracker.announce(1, to: "a", from: origin(7), at: .at(501)) == .tooOften)
        // Whoever has no members, and is not remembered for anything else, is remembered for that.
        tracker.leave(1, from: "a", by: origin(7))
        tracker.removeSilent(at: .at(502))
        #expect(tracker.announce(1, to: "a", from: origin(7), at: .at(502)) == .tooOften)
        #expect(tracker.announce(1, to: "a", from: origin(7), at: .at(1_000)) == .joined)
    }

    @Test func onlyItsOriginTakesAMemberBack() {
        var tracker = tracker()
        _ = tracker.announce(1, to: "a", from: origin(7), at: .at(0))
        tracker.leave(1, from: "a", by: origin(8))
        #expect(tracker.memberCount == 1)
        // It was heard from elsewhere, which does not make it that one's.
        #expect(tracker.announce(1, to: "a", from: origin(8), at: .at(0)) == .heardAgain)
        tracker.leave(1, from: "a", by: origin(8))
        #expect(tracker.memberCount == 1)
        tracker.leave(1, from: "a", by: origin(7))
        #expect(tracker.memberCount == 0)
    }

    /// Five honest members and as many invented ones as an origin may have.
    @Test func inventedMembersDoNotCrowdOutTheOthers() {
        var tracker = tracker()
        for member in 0..<5 { _ = tracker.announce(member, to: "a", from: origin(UInt64(10 + member)), at: .at(0)) }
        var refused = 0
        for member in 0..<100_000 {
            let now = UInt64(member / 100)
            if tracker.announce(100 + member, to: "a", from: origin(7), at: .at(now)) != .joined { refused += 1 }
        }
        #expect(tracker.memberCount == 5 + tracker.configuration.originMemberLimit)
        #expect(refused == 100_000 - tracker.configuration.originMemberLimit)
        var honest = 0
        var drawn = 0
        for _ in 0..<1_000 {
            let sample = tracker.sample(of: "a", at: .at(1_000))
            #expect(sample.count == 3 && Set(sample).count == 3)
            drawn += sample.count
            honest += sample.count { $0 < 5 }
        }
        // A half, give or take five standard deviations; uniformly it would be one.
        #expect((1_380...1_620).contains(honest), "\(honest) of \(drawn)")
    }

    /// As many honest ones on one machine as others: all are drawn alike.
    @Test(arguments: [(40, 40), (16, 3), (200, 0)])
    func whereNoOriginHasMostAllAreDrawnAlike(own: Int, others: Int) {
        var tracker = tracker()
        for member in 0..<own { _ = tracker.announce(member, to: "a", from: origin(7), at: .at(0)) }
        for member in 0..<others {
            _ = tracker.announce(1_000 + member, to: "a", from: origin(UInt64(100 + member)), at: .at(0))
        }
        var counts: [Int: Int] = [:]
        let draws = 2_000 * (own + others) / 3
        for _ in 0..<draws { for member in tracker.sample(of: "a", at: .at(0)) { counts[member, default: 0] += 1 } }
        #expect(counts.count == own + others)
        // 2,000 each, give or take five standard deviations.
        #expect(counts.values.allSatisfy { (1_780...2_220).contains($0) }, "\(counts.values.sorted())")
    }

    @Test func anAnswerIsShorterThanASampleOnlyWhereItNamesEveryone() {
        var tracker = tracker { $0.sampleSize = 50 }
        for member in 0..<45 { _ = tracker.announce(member, to: "a", from: origin(7), at: .at(0)) }
        for member in 100..<102 { _ = tracker.announce(member, to: "a", from: origin(8), at: .at(0)) }
        #expect(Set(tracker.sample(of: "a", at: .at(0))).count == 47)
        for member in 45..<80 { _ = tracker.announce(member, to: "a", from: origin(7), at: .at(0)) }
        #expect(Set(tracker.sample(of: "a", at: .at(0))).count == 50)
    }
}
