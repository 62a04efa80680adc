import GossipCore

/// `cycle` as JSON.
struct CycleBody: Codable {
    /// Numbers beyond this are not exact in every JSON reader; no swarm comes near.
    static let greatestCycle: Cycle = 1 << 53
    /// A day; longer intervals are nobody's.
    private static let greatestInterval: UInt64 = 86_400_000

    let cycle: UInt64
    let intervalMilliseconds: UInt64
    let startedAt: String

    private enum CodingKeys: String, CodingKey {
        case cycle
        case intervalMilliseconds = "interval_ms"
        case startedAt = "started_at"
    }

    init(_ tick: CycleTick) {
        cycle = tick.cycle
        intervalMilliseconds = tick.intervalMilliseconds
        startedAt = tick.startedAt
    }

    /// Nil where a value is out of bounds.
    var tick: CycleTick? {
        guard (1...Self.greatestCycle).contains(cycle), (1...Self.greatestInterval).contains(intervalMilliseconds),
            BusText.isSafe(startedAt)
        else {
            return nil
        }
        return CycleTick(cycle: cycle, intervalMilliseconds: intervalMilliseconds, startedAt: startedAt)
    }
}
