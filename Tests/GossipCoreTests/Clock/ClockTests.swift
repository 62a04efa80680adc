import GossipCore
import Testing

/// The swarm's clock at an interval of one second, times in milliseconds.
@Suite struct ClockTests {
    private func waiting() -> ClockStateMachine {
        ClockStateMachine(interval: .seconds(1), waitsForMembers: true, now: .at(0))
    }

    @Test func withoutMembersNoTickIsDue() {
        var clock = waiting()
        #expect(clock.deadline == nil)
        #expect(clock.fireTick(at: .at(100_000)) == nil)
    }

    @Test func theFirstTickComesOneIntervalAfterTheLastMember() {
        var clock = waiting()
        clock.membersArrived(at: .at(70_300))
        #expect(clock.deadline == .at(71_300))
        #expect(clock.fireTick(at: .at(71_299)) == nil)
        #expect(clock.fireTick(at: .at(71_300)) == 1)
        #expect(clock.fireTick(at: .at(71_300)) == nil)
        #expect(clock.deadline == .at(72_300))
    }

    @Test func membersThatArriveAgainChangeNothing() {
        var clock = waiting()
        clock.membersArrived(at: .at(0))
        clock.membersArrived(at: .at(500))
        #expect(clock.deadline == .at(1_000))
    }

    @Test func deadlinesAreAbsoluteSoLateTicksDoNotDrift() {
        var clock = waiting()
        clock.membersArrived(at: .at(0))
        for cycle in UInt64(1)...1_000 {
            #expect(clock.fireTick(at: .at(cycle * 1_000 + cycle * 37 % 900)) == cycle)
        }
        #expect(clock.deadline == .at(1_001_000))
    }

    @Test func intervalsSleptThroughAreLeftOut() {
        var clock = waiting()
        clock.membersArrived(at: .at(0))
        #expect(clock.fireTick(at: .at(1_000)) == 1)
        #expect(clock.fireTick(at: .at(6_400)) == 6, "the number tells the time")
        #expect(clock.fireTick(at: .at(6_500)) == nil)
        #expect(clock.fireTick(at: .at(7_000)) == 7)
    }

    @Test func aClockThatExpectsNobodyListensFirst() {
        var clock = ClockStateMachine(interval: .seconds(1), waitsForMembers: false, now: .at(500))
        #expect(clock.deadline == .at(3_500))
        #expect(clock.fireTick(at: .at(3_499)) == nil)
        #expect(clock.fireTick(at: .at(3_500)) == 1)
    }

    @Test func aRestartedClockGoesOnAboveTheHighestCycleThatItHears() {
        var clock = waiting()
        clock.cycleHeard(41, at: .at(100))
        clock.cycleHeard(40, at: .at(200))
        #expect(clock.deadline == .at(3_000), "a living swarm needs no one to announce itself")
        clock.cycleHeard(42, at: .at(3_000))
        #expect(clock.fireTick(at: .at(2_999)) == nil)
        #expect(clock.fireTick(at: .at(3_000)) == 43)
        #expect(clock.deadline == .at(4_000))
    }

    /// The bus of a restarted tracker may be found a moment after the tracker itself.
    @Test func theLastMembersArrivalIsListenedAfterForThreeIntervals() {
        var clock = waiting()
        clock.membersArrived(at: .at(20_000))
        #expect(clock.fireTick(at: .at(21_000)) == 1)
        clock.cycleHeard(57, at: .at(21_002))
        #expect(clock.fireTick(at: .at(22_000)) == 58)
        clock.cycleHeard(90, at: .at(23_001))
        #expect(clock.fireTick(at: .at(23_001)) == 59, "listening is over")
    }

    @Test func membersThatArriveWhileItListensGoOnAbove() {
        var clock = waiting()
        clock.cycleHeard(41, at: .at(100))
        clock.membersArrived(at: .at(200))
        #expect(clock.deadline == .at(1_200))
        #expect(clock.fireTick(at: .at(1_200)) == 42)
        clock.cycleHeard(50, at: .at(1_300))
        #expect(clock.deadline == .at(2_200) && clock.fireTick(at: .at(2_200)) == 51)
        clock.cycleHeard(51, at: .at(2_300))
        #expect(clock.fireTick(at: .at(3_200)) == 52, "its own cycles come back to it and change nothing")
    }

    @Test func afterListeningReportsChangeNothing() {
        var clock = waiting()
        clock.membersArrived(at: .at(0))
        #expect(clock.fireTick(at: .at(1_000)) == 1)
        clock.cycleHeard(90, at: TimePoint(nanoseconds: 3_000_000_001))
        #expect(clock.fireTick(at: .at(2_000)) == 2)
    }

    /// The bus may be away while it listens, and a member may be gone for good: then nothing else would start it.
    @Test func whileItWaitsItListensOn() {
        var clock = waiting()
        #expect(clock.isListening(at: .at(60_000)))
        clock.cycleHeard(90, at: .at(60_000))
        clock.cycleHeard(91, at: .at(60_900))
        #expect(clock.deadline == .at(61_000))
        #expect(clock.fireTick(at: .at(61_000)) == 92)
        clock.cycleHeard(200, at: .at(61_100))
        #expect(!clock.isListening(at: .at(61_100)))
        #expect(clock.fireTick(at: .at(62_000)) == 93)
    }

    @Test func cycleZeroIsNoCycle() {
        var clock = waiting()
        clock.cycleHeard(0, at: .at(100))
        #expect(clock.deadline == nil)
    }

    /// The bus refuses cycles above 2^53, so a clock that was led there would tick for nobody.
    @Test(arguments: [Cycle.max, Cycle(1) << 63, 9_007_199_254_740_992, 9_007_199_254_740_991, 4_503_599_627_370_497])
    func absurdCyclesAreIgnored(cycle: Cycle) {
        var clock = waiting()
        clock.cycleHeard(cycle, at: .at(100))
        #expect(clock.deadline == nil)
        clock.membersArrived(at: .at(200))
        clock.cycleHeard(cycle, at: .at(300))
        #expect(clock.fireTick(at: .at(1_200)) == 1)
    }

    @Test func atTheEndOfTimeNothingOverflows() {
        var clock = ClockStateMachine(
            interval: .seconds(1), waitsForMembers: true, now: TimePoint(nanoseconds: .max - 1))
        clock.membersArrived(at: TimePoint(nanoseconds: .max - 1))
        #expect(clock.deadline == TimePoint(nanoseconds: .max))
        #expect(clock.fireTick(at: TimePoint(nanoseconds: .max)) == 1)
    }
}
