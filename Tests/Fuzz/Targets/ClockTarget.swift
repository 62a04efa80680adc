import GossipCore

/// The swarm's clock, which hears from anyone what cycle it is.
enum ClockTarget {
    static func run(_ input: inout FuzzInput) throws(FuzzFinding) -> Bool {
        let interval = TimeSpan.milliseconds(1 + input.number() % 86_400_000)
        var now = TimePoint(nanoseconds: input.number() >> 2)
        var clock = ClockStateMachine(interval: interval, waitsForMembers: input.bool(), now: now)
        var last: Tick?
        while !input.isAtEnd {
            switch input.below(8) {
            case 0: clock.membersArrived(at: now)
            case 1:
                clock.cycleHeard(input.number(), at: now)
                // It may go on above what it heard, whatever the time.
                last?.isContinued = false
            case 2:
                let span = input.bool() ? interval.nanoseconds : input.number() >> 4
                now = min(now + TimeSpan(nanoseconds: span), TimePoint(nanoseconds: 1 << 62))
            case 3: now = max(now, clock.deadline ?? now)
            case 5...7:
                switch input.below(3) {
                case 0: clock.pause()
                case 1: clock.step(at: now)
                default: clock.resume(at: now)
                }
                // The next cycle may have another length, and begin at once.
                last?.isContinued = false
            default: try tick(&clock, &last, now)
            }
        }
        return last != nil
    }

    /// The last tick.
    private struct Tick {
        let cycle: Cycle
        /// When the one after it was due.
        let next: TimePoint
        var isContinued = true
    }

    private static func tick(
        _ clock: inout ClockStateMachine, _ last: inout Tick?, _ now: TimePoint
    ) throws(FuzzFinding) {
        let deadline = clock.deadline
        guard let cycle = clock.fireTick(at: now) else {
            try require(deadline.map { $0 > now } ?? true, "a tick that is due comes")
            return
        }
        try require(deadline.map { $0 <= now } ?? false, "no tick comes before it is due")
        try require(cycle > last?.cycle ?? 0, "cycles are counted upwards: \(last?.cycle ?? 0), \(cycle)")
        guard let next = clock.deadline else { throw FuzzFinding("a clock that ticks goes on") }
        try require(next > now, "the next tick is ahead")
        if let last, last.isContinued {
            let passed = next.since(last.next).nanoseconds / clock.interval.nanoseconds
            try require(
                cycle - last.cycle == passed, "a tick's number tells the time: \(passed) intervals, to \(cycle)")
        }
        last = Tick(cycle: cycle, next: next)
    }
}
