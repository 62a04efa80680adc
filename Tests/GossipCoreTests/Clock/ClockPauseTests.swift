import GossipCore
import Testing

/// A clock that is held and goes on, at an interval of one second, times in milliseconds.
@Suite struct ClockPauseTests {
    private static let hour = UInt64(3_600_000)

    /// It has ticked once, at 1,000.
    private func ticking() -> ClockStateMachine {
        var clock = ClockStateMachine(interval: .seconds(1), waitsForMembers: true, now: .at(0))
        clock.membersArrived(at: .at(0))
        #expect(clock.fireTick(at: .at(1_000)) == 1)
        return clock
    }

    private func held() -> ClockStateMachine {
        var clock = ticking()
        clock.pause()
        #expect(clock.fireTick(at: .at(2_000)) == 2)
        return clock
    }

    @Test func theNextCycleIsHeldAndItsTickSaysSo() {
        var clock = ticking()
        clock.pause()
        #expect(clock.interval == .seconds(1) && clock.deadline == .at(2_000))
        #expect(clock.fireTick(at: .at(2_004)) == 2)
        #expect(clock.interval == ClockStateMachine.heldInterval)
        #expect(clock.deadline == .at(2_000 + Self.hour))
        #expect(clock.fireTick(at: .at(900_000)) == nil)
    }

    @Test func aHeldCycleThatLastedLongIsFollowedByAnother() {
        var clock = held()
        #expect(clock.fireTick(at: .at(2_000 + Self.hour)) == 3)
        #expect(clock.interval == ClockStateMachine.heldInterval)
    }

    @Test func aStepIsOneCycle() {
        var clock = held()
        for step in UInt64(0)..<5 {
            let now = TimePoint.at(10_000 + 700 * step)
            clock.step(at: now)
            #expect(clock.deadline == now)
            #expect(clock.fireTick(at: now) == 3 + step)
            #expect(clock.fireTick(at: now) == nil)
            #expect(clock.interval == ClockStateMachine.heldInterval)
        }
    }

    @Test func twoStepsBeforeTheTickAreOne() {
        var clock = held()
        clock.step(at: .at(5_000))
        clock.step(at: .at(5_001))
        #expect(clock.fireTick(at: .at(5_001)) == 3)
        #expect(clock.fireTick(at: .at(6_000)) == nil)
    }

    @Test func itGoesOnAtOnceWithItsOwnInterval() {
        var clock = held()
        clock.resume(at: .at(50_000))
        #expect(clock.fireTick(at: .at(50_000)) == 3)
        #expect(clock.interval == .seconds(1))
        #expect(clock.fireTick(at: .at(50_999)) == nil)
        #expect(clock.fireTick(at: .at(51_000)) == 4)
    }

    @Test func whereTheTickThatGoesOnIsLateTheNextOneIsAheadAllTheSame() {
        var clock = held()
        clock.resume(at: .at(10_000))
        // The machine slept meanwhile.
        #expect(clock.fireTick(at: .at(17_500)) == 3)
        #expect(clock.deadline == .at(18_500))
        #expect(clock.fireTick(at: .at(18_500)) == 4)
    }

    @Test func aPauseThatIsTakenBackInTimeChangesNothing() {
        var clock = ticking()
        clock.pause()
        clock.resume(at: .at(1_500))
        #expect(clock == ticking())
    }

    @Test func aStepOfARunningClockHoldsIt() {
        var clock = ticking()
        clock.step(at: .at(1_200))
        #expect(clock.isPaused && clock.deadline == .at(2_000))
        #expect(clock.fireTick(at: .at(2_000)) == 2)
        #expect(clock.interval == ClockStateMachine.heldInterval)
    }

    @Test func beforeTheFirstTickItWaitsForMembersAllTheSame() {
        var clock = ClockStateMachine(interval: .seconds(1), waitsForMembers: true, now: .at(0))
        clock.pause()
        clock.step(at: .at(10))
        #expect(clock.deadline == nil)
        clock.membersArrived(at: .at(500))
        #expect(clock.fireTick(at: .at(1_500)) == 1)
        #expect(clock.interval == ClockStateMachine.heldInterval)
    }

    @Test func anotherIntervalIsKeptForWhenItGoesOn() {
        var clock = held()
        clock.changeInterval(to: .seconds(2))
        #expect(clock.interval == ClockStateMachine.heldInterval && clock.deadline == .at(2_000 + Self.hour))
        clock.resume(at: .at(9_000))
        #expect(clock.fireTick(at: .at(9_000)) == 3)
        #expect(clock.interval == .seconds(2) && clock.deadline == .at(11_000))
    }

    /// What holding rests on: a node that hears such a tick waits, however long nobody says anything.
    @Test func nodesStayInAHeldCycleAndFollowSteps() {
        var (clock, follower) = (ticking(), CycleFollower())
        #expect(follower.tickHeard(1, interval: clock.interval, at: .at(1_000)) == 1)
        clock.follow(.pause, at: .at(1_500))
        let commands: [(UInt64, ClockCommand?)] = [
            (2_000, nil), (600_000, .step), (600_010, .step), (900_000, .resume),
        ]
        for (now, command) in commands {
            #expect(follower.deadlinePassed(at: .at(now)) == nil && !follower.isInHoldover)
            if let command { clock.follow(command, at: .at(now)) }
            let cycle = clock.fireTick(at: .at(now))
            #expect(cycle != nil)
            if let cycle { #expect(follower.tickHeard(cycle, interval: clock.interval, at: .at(now)) == cycle) }
        }
        #expect(follower.cycle == 5 && follower.interval == .seconds(1))
        #expect(follower.deadline == .at(903_000))
    }
}
