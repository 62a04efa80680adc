import GossipCore
import Testing

/// Time without a clock, at an interval of 100 milliseconds.
@Suite struct CycleFollowerNeighbourTests {
    private let interval = TimeSpan.milliseconds(100)

    private func reading(_ cycle: Cycle, _ elapsed: UInt64, interval: UInt64 = 100) -> CycleReading {
        CycleReading(cycle: cycle, elapsed: .milliseconds(elapsed), interval: .milliseconds(interval))
    }

    /// Follows the clock up to `cycle`, heard at 100 ms times its number.
    private func follower(at cycle: Cycle) -> CycleFollower {
        var follower = CycleFollower()
        _ = follower.tickHeard(cycle, interval: interval, at: .at(cycle * 100))
        return follower
    }

    @Test func whoNeverHeardAClockLearnsTheCycle() {
        var follower = CycleFollower()
        #expect(follower.neighbourHeard(reading(137, 30), at: .at(1_000)) == 137)
        #expect(follower.isInHoldover)
        #expect(follower.deadline == .at(1_070), "the next cycle begins when the neighbour's does")
        #expect(follower.deadlinePassed(at: .at(1_070)) == 138)
        #expect(follower.deadline == .at(1_170))
    }

    @Test func whoHearsTheClockHearsNobodyElse() {
        var follower = follower(at: 5)
        #expect(follower.neighbourHeard(reading(9, 0), at: .at(799)) == nil)
        #expect(follower.cycle == 5 && follower.deadline == .at(800))
    }

    @Test func inHoldoverANeighbourThatIsAheadIsFollowed() {
        var follower = follower(at: 5)
        #expect(follower.deadlinePassed(at: .at(800)) == 8)
        #expect(follower.neighbourHeard(reading(9, 20), at: .at(850)) == 9)
        #expect(follower.deadline == .at(930))
        #expect(follower.neighbourHeard(reading(9, 60), at: .at(880)) == nil, "the same cycle, begun 10 ms earlier")
        #expect(follower.deadline == .at(920))
        #expect(follower.neighbourHeard(reading(9, 10), at: .at(885)) == nil)
        #expect(follower.neighbourHeard(reading(7, 99), at: .at(885)) == nil)
        #expect(follower.cycle == 9 && follower.deadline == .at(920), "who is behind is not followed")
    }

    @Test func theClockThatReturnsIsFollowed() {
        var follower = CycleFollower()
        _ = follower.neighbourHeard(reading(137, 30), at: .at(1_000))
        #expect(follower.tickHeard(138, interval: interval, at: .at(1_069)) == 138)
        #expect(!follower.isInHoldover && follower.deadline == .at(1_369))
        #expect(follower.neighbourHeard(reading(150, 30), at: .at(1_100)) == nil)
    }

    @Test func aSwarmWithoutAClockBegins() {
        var follower = CycleFollower()
        #expect(follower.reading(at: .at(0)) == nil)
        #expect(follower.startAlone(interval: interval, at: .at(500)) == 1)
        #expect(follower.startAlone(interval: interval, at: .at(510)) == nil)
        #expect(follower.deadline == .at(600))
        #expect(follower.deadlinePassed(at: .at(600)) == 2)
        #expect(follower.reading(at: .at(640)) == reading(2, 40))
        #expect(follower.neighbourHeard(reading(50, 0, interval: 1_000), at: .at(650)) == 50)
        #expect(follower.deadline == .at(1_650), "its interval is the swarm's")
    }

    @Test func theIntervalOfAClockOnceHeardStays() {
        var follower = follower(at: 5)
        _ = follower.deadlinePassed(at: .at(800))
        #expect(follower.neighbourHeard(reading(50, 0, interval: 1), at: .at(850)) == nil)
        #expect(follower.cycle == 8)
    }

    @Test func twoThatAreApartMeetAndStayTogether() throws {
        var early = CycleFollower()
        var late = CycleFollower()
        _ = early.startAlone(interval: interval, at: .at(0))
        _ = late.startAlone(interval: interval, at: .at(3_050))
        _ = early.deadlinePassed(at: .at(3_060))
        #expect(early.cycle == 31 && late.cycle == 1)
        // What the early one says takes 5 ms to arrive, again and again: nobody gains by it.
        for moment in stride(from: UInt64(3_060), to: 20_000, by: 70) {
            _ = early.deadlinePassed(at: .at(moment))
            _ = late.deadlinePassed(at: .at(moment))
            let toLate = try #require(early.reading(at: .at(moment)))
            let toEarly = try #require(late.reading(at: .at(moment)))
            _ = late.neighbourHeard(toLate, at: .at(moment + 5))
            _ = early.neighbourHeard(toEarly, at: .at(moment + 5))
            let early = try #require(early.deadline)
            let late = try #require(late.deadline)
            #expect(early.nanoseconds % 100_000_000 == 0, "the first one's beat is unchanged")
            #expect(late.since(early) <= .milliseconds(5) || early.since(late) <= .milliseconds(100))
        }
        _ = early.deadlinePassed(at: .at(20_099))
        _ = late.deadlinePassed(at: .at(20_099))
        #expect(early.cycle == late.cycle)
    }

    @Test(arguments: [
        CycleReading(cycle: 0, elapsed: .milliseconds(0), interval: .milliseconds(100)),
        CycleReading(cycle: 1 << 53, elapsed: .milliseconds(0), interval: .milliseconds(100)),
        CycleReading(cycle: 5, elapsed: .milliseconds(100), interval: .milliseconds(100)),
        CycleReading(cycle: 5, elapsed: .milliseconds(0), interval: .milliseconds(0)),
        CycleReading(cycle: 5, elapsed: .milliseconds(60), interval: .milliseconds(100)),
    ])
    func nonsenseIsNotBelieved(reading: CycleReading) {
        var follower = CycleFollower()
        #expect(follower.neighbourHeard(reading, at: .at(50)) == nil)
        #expect(follower == CycleFollower())
    }

    @Test func aReadingStaysWithinItsCycle() {
        let follower = follower(at: 5)
        #expect(follower.reading(at: .at(530)) == reading(5, 30))
        let overdue = follower.reading(at: .at(700))
        #expect(overdue?.cycle == 5 && (overdue?.elapsed ?? interval) < interval, "its tick may be lost")
    }
}
