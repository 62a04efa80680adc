import GossipCore
import Testing

/// A node's view of the clock, at an interval of 100 milliseconds.
@Suite struct CycleFollowerTests {
    /// Follows the ticks up to `cycle`, heard at 100 ms times its number.
    private func follower(at cycle: Cycle) -> CycleFollower {
        var follower = CycleFollower()
        #expect(follower.tickHeard(cycle, interval: .milliseconds(100), at: .at(cycle * 100)) == cycle)
        return follower
    }

    private func hear(_ follower: inout CycleFollower, _ cycle: Cycle, at moment: UInt64) -> Cycle? {
        follower.tickHeard(cycle, interval: .milliseconds(100), at: .at(moment))
    }

    @Test func beforeTheFirstTickThereIsNoDeadline() {
        var follower = CycleFollower()
        #expect(follower.cycle == 0 && follower.deadline == nil)
        #expect(follower.deadlinePassed(at: .at(1_000_000)) == nil)
        #expect(!follower.isInHoldover)
    }

    @Test func aTickBeginsItsCycle() {
        var follower = CycleFollower()
        #expect(hear(&follower, 7, at: 0) == 7, "whoever comes late begins there")
        #expect(hear(&follower, 8, at: 100) == 8)
        #expect(hear(&follower, 8, at: 100) == nil)
    }

    @Test func aLostTickCostsItselfAlone() {
        var follower = follower(at: 5)
        #expect(hear(&follower, 7, at: 700) == 7)
        #expect(follower.deadline == .at(1_000))
        #expect(!follower.isInHoldover)
    }

    @Test func afterThreeSilentIntervalsTheNodeGoesOnByItself() {
        var follower = follower(at: 5)
        #expect(follower.deadline == .at(800))
        #expect(follower.deadlinePassed(at: .at(799)) == nil && !follower.isInHoldover)
        #expect(follower.deadlinePassed(at: .at(800)) == 8, "the number that the clock would have given")
        #expect(follower.isInHoldover)
        #expect(follower.deadline == .at(900))
        #expect(follower.deadlinePassed(at: .at(899)) == nil)
        #expect(follower.deadlinePassed(at: .at(900)) == 9)
        #expect(follower.deadlinePassed(at: .at(1_250)) == 12, "in step also when it slept")
        #expect(follower.deadline == .at(1_300))
    }

    @Test func holdoverDoesNotDrift() {
        var follower = follower(at: 5)
        for cycle in UInt64(8)...500 {
            #expect(follower.deadline == .at(cycle * 100))
            #expect(follower.deadlinePassed(at: .at(cycle * 100 + cycle * 31 % 90)) == cycle)
        }
    }

    @Test func theClockThatReturnsIsFollowed() {
        var follower = follower(at: 5)
        _ = follower.deadlinePassed(at: .at(800))
        #expect(hear(&follower, 9, at: 910) == 9)
        #expect(!follower.isInHoldover)
        #expect(follower.deadline == .at(1_210))
    }

    @Test(arguments: UInt64(1)...9)
    func holdoverThatRanAheadWaits(ahead: UInt64) {
        var follower = follower(at: 20)
        #expect(hear(&follower, 20 - ahead, at: 2_050) == nil)
        #expect(follower.cycle == 20)
        #expect(follower.deadline == .at(2_050 + max(3, ahead + 1) * 100))
        for tick in (20 - ahead + 1)..<21 { #expect(hear(&follower, tick, at: 2_100) == nil) }
        #expect(hear(&follower, 21, at: 2_200) == 21)
    }

    @Test(arguments: [Cycle(10), 9, 1])
    func aTickFarBelowMeansThatCountingBeganAnew(heard: Cycle) {
        var follower = follower(at: 20)
        #expect(hear(&follower, heard, at: 2_050) == heard)
        #expect(hear(&follower, heard + 1, at: 2_150) == heard + 1)
        #expect(follower.deadline == .at(2_450))
    }

    /// What a frozen process finds in its socket when it goes on: two hundred ticks, and then the clock.
    @Test func ticksThatLayOnTheirWayDoNotBegin() {
        var follower = follower(at: 20)
        #expect(hear(&follower, 21, at: 22_030) == 220, "the silence was slept through")
        #expect(follower.isInHoldover)
        for tick in UInt64(22)...220 { #expect(hear(&follower, tick, at: 22_030) == nil) }
        #expect(!follower.isInHoldover)
        #expect(hear(&follower, 221, at: 22_100) == 221)
    }

    /// The network was cut and held the ticks back, while the node went on by itself.
    @Test func ticksThatWereHeldBackDoNotTakeANodeBack() {
        var follower = follower(at: 20)
        for cycle in UInt64(23)...100 { #expect(follower.deadlinePassed(at: .at(cycle * 100)) == cycle) }
        for tick in UInt64(21)...90 { #expect(hear(&follower, tick, at: 10_010) == nil) }
        #expect(hear(&follower, 91, at: 10_020) == nil && !follower.isInHoldover)
        #expect(hear(&follower, 101, at: 10_100) == 101)
    }

    @Test(arguments: [(50, 51), (50, 90)] as [(Cycle, Cycle)])
    func aClockThatIsBehindForThreeIntervalsIsFollowed(first: Cycle, last: Cycle) {
        var follower = follower(at: 20)
        _ = follower.deadlinePassed(at: .at(10_000))
        #expect(hear(&follower, first, at: 10_010) == nil && follower.cycle == 100)
        #expect(follower.deadlinePassed(at: .at(10_200)) == 102, "time does not stand still meanwhile")
        #expect(hear(&follower, last - 1, at: 10_309) == 103)
        #expect(hear(&follower, last, at: 10_310) == last)
        #expect(!follower.isInHoldover)
    }

    /// Below the last tick that was heard no tick can be an old one of the same count.
    @Test func aCountThatBeganAnewBelowTheLastTickIsFollowedAtOnce() {
        var follower = follower(at: 20)
        _ = follower.deadlinePassed(at: .at(10_000))
        #expect(hear(&follower, 20, at: 10_010) == 20)
    }

    @Test func theIntervalIsTheClocks() {
        var follower = follower(at: 5)
        #expect(follower.tickHeard(6, interval: .seconds(2), at: .at(600)) == 6)
        #expect(follower.deadline == .at(6_600))
    }

    @Test func holdoverOfOneThatWaitsBeginsTheCycleAboveItsOwn() {
        var follower = follower(at: 20)
        #expect(hear(&follower, 15, at: 2_000) == nil)
        #expect(follower.deadlinePassed(at: .at(2_599)) == nil)
        #expect(follower.deadlinePassed(at: .at(2_600)) == 21)
    }

    @Test func theLastCycleEndsHoldover() {
        var follower = follower(at: 1)
        #expect(hear(&follower, .max, at: 500) == .max)
        #expect(follower.deadlinePassed(at: .at(900)) == nil, "no number is left")
    }

    @Test func equalHistoriesAreEqual() {
        #expect(follower(at: 5) == follower(at: 5))
        #expect(follower(at: 5) != follower(at: 6))
        var later = CycleFollower()
        #expect(hear(&later, 5, at: 501) == 5)
        #expect(later != follower(at: 5), "heard at another time")
    }
}
