import GossipCore

/// A node's view of the clock, which hears ticks and its neighbours' time, all within what the codecs let through.
enum FollowerTarget {
    static func run(_ input: inout FuzzInput) throws(FuzzFinding) -> Bool {
        var follower = CycleFollower()
        var now = TimePoint(nanoseconds: input.number() >> 2)
        while !input.isAtEnd {
            let begun: Cycle?
            switch input.below(6) {
            case 0:
                let cycle = 1 + input.number() % (1 << 53)
                begun = follower.tickHeard(cycle, interval: interval(&input), at: now)
            case 1: begun = follower.startAlone(interval: interval(&input), at: now)
            case 2:
                let span = interval(&input)
                let elapsed = TimeSpan.milliseconds(input.number() % span.milliseconds)
                let reading = CycleReading(cycle: max(input.number(), 1), elapsed: elapsed, interval: span)
                begun = follower.neighbourHeard(reading, at: now)
            case 3:
                begun = follower.deadlinePassed(at: now)
                try require(follower.deadline.map { $0 > now } ?? true, "once it passed, the next deadline is ahead")
            case 4:
                now = min(now + TimeSpan(nanoseconds: input.number() >> 3), TimePoint(nanoseconds: 1 << 62))
                continue
            default:
                now = max(now, follower.deadline ?? now)
                continue
            }
            if let begun { try require(begun == follower.cycle, "the cycle that begins is the node's own") }
            guard let reading = follower.reading(at: now) else { continue }
            try require(
                reading.cycle == follower.cycle && reading.elapsed < reading.interval,
                "what it tells of its time is what others take: \(reading)")
        }
        return follower.cycle > 0
    }

    /// As the bus and a shuffle carry it: from a millisecond to a day.
    private static func interval(_ input: inout FuzzInput) -> TimeSpan {
        .milliseconds(1 + input.number() % 86_400_000)
    }
}
