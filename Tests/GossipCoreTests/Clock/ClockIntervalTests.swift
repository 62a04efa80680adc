import GossipCore
import Testing

/// A clock whose Δ changes, and a node that follows it; times in milliseconds.
@Suite struct ClockIntervalTests {
    private func ticking() -> ClockStateMachine {
        var clock = ClockStateMachine(interval: .milliseconds(100), waitsForMembers: true, now: .at(0))
        clock.membersArrived(at: .at(0))
        return clock
    }

    @Test func theCycleThatBeginsHasTheNewLength() {
        var clock = ticking()
        #expect(clock.fireTick(at: .at(100)) == 1)
        clock.changeInterval(to: .milliseconds(500))
        #expect(clock.interval == .milliseconds(500) && clock.deadline == .at(600))
        #expect(clock.fireTick(at: .at(599)) == nil)
        #expect(clock.fireTick(at: .at(600)) == 2)
        clock.changeInterval(to: .milliseconds(200))
        #expect(clock.deadline == .at(800))
    }

    @Test func deadlinesStayAbsolute() {
        var clock = ticking()
        #expect(clock.fireTick(at: .at(190)) == 1, "late, and due at 100")
        clock.changeInterval(to: .milliseconds(200))
        #expect(clock.deadline == .at(300))
    }

    /// What was slept through was cycles of the length that was told.
    @Test func cyclesSleptThroughWereOfTheOldLength() {
        var clock = ticking()
        #expect(clock.fireTick(at: .at(100)) == 1)
        #expect(clock.fireTick(at: .at(1_050)) == 10)
        clock.changeInterval(to: .seconds(1))
        #expect(clock.deadline == .at(2_000))
        #expect(clock.fireTick(at: .at(4_500)) == 13)
        #expect(clock.deadline == .at(5_000))
    }

    @Test func beforeTheFirstTickItStaysWhereItIs() {
        var clock = ticking()
        clock.changeInterval(to: .milliseconds(500))
        #expect(clock.deadline == .at(100))
        #expect(clock.fireTick(at: .at(100)) == 1 && clock.deadline == .at(600))
    }

    /// A follower hears some of the ticks of a clock that changes Δ at each of them, and never disagrees for longer than
    /// it takes to hear the next.
    @Test func aFollowerKeepsInStep() {
        var clock = ticking()
        var follower = CycleFollower()
        var generator = RandomGenerator(seed: 7)
        var begun: Cycle = 0
        for _ in 0..<2_000 {
            guard let due = clock.deadline, let cycle = clock.fireTick(at: due) else { return }
            let interval = TimeSpan.milliseconds([100, 200, 500, 1_000, 2_000][generator.index(below: 5)])
            clock.changeInterval(to: interval)
            // What it counts by itself comes first.
            while let own = follower.deadline, own < due {
                if let next = follower.deadlinePassed(at: own) {
                    #expect(next > begun)
                    begun = next
                }
            }
            guard generator.index(below: 10) < 9 || follower.cycle == 0 else { continue }
            if let next = follower.tickHeard(cycle, interval: interval, at: due) {
                #expect(next == cycle)
                begun = next
            }
            #expect(follower.interval == interval && !follower.isInHoldover)
            #expect(follower.cycle >= cycle && follower.cycle < cycle + 10 || follower.cycle == cycle)
        }
        #expect(begun > 1_500)
    }

    @Test func holdoverCountsByTheLastLength() {
        var follower = CycleFollower()
        _ = follower.tickHeard(1, interval: .milliseconds(100), at: .at(0))
        _ = follower.tickHeard(2, interval: .seconds(1), at: .at(100))
        #expect(follower.deadline == .at(3_100))
        #expect(follower.deadlinePassed(at: .at(3_100)) == 5)
        #expect(follower.deadline == .at(4_100))
    }
}
