import GossipCore

/// The swarm's clock, which hears from anyone what cycle it is.
enum ClockTarget {
    static func run(_ input: inout FuzzInput) throws(FuzzFinding) -> Bool {
        let interval = TimeSpan.milliseconds(1 + input.number() % 86_400_000)
        var now = TimePoint(nanoseconds: input.number() >> 2)
        var clock = ClockStateMachine(interval: interval, waitsForMembers: input.bool(), now: now)
        var last: Cycle = 0
        while !input.isAtEnd {
            switch input.below(5) {
            case 0: clock.membersArrived(at: now)
            case 1: clock.cycleHeard(input.number(), at: now)
            case 2:
                let span = input.bool() ? interval.nanoseconds : input.number() >> 4
                now = min(now + TimeSpan(nanoseconds: span), TimePoint(nanoseconds: 1 << 62))
            case 3: now = max(now, clock.deadline ?? now)
            default: try tick(&clock, &last, now)
            }
        }
        return last > 0
    }

    private static func tick(
        _ clock: inout ClockStateMachine, _ last: inout Cycle, _ now: TimePoint
    ) throws(FuzzFinding) {
        let deadline = clock.deadline
        guard let cycle = clock.fireTick(at: now) else {
            try require(deadline.map { $0 > now } ?? true, "a tick that is due comes")
            return
        }
        try require(deadline.map { $0 <= now } ?? false, "no tick comes before it is due")
        try require(cycle > last, "cycles are counted upwards: \(last), \(cycle)")
        try require(clock.deadline.map { $0 > now } ?? false, "the next tick is ahead")
        last = cycle
    }
}
