import GossipCore

/// A rate that is kept over time, by saying of each amount when it is paid for.
///
/// What was not used is not lost at once: as much as `burst` at the full rate may be made up for, so that the average is
/// the rate also where there are pauses between amounts.
struct TokenBucket: Equatable, Sendable {
    /// Bytes a second.
    let rateBytesPerSecond: UInt64
    private let burst: TimeSpan
    /// When all that was taken is paid for; nil before the first.
    private var paidAt: TimePoint?

    init(rateBytesPerSecond: UInt64, burst: TimeSpan = .milliseconds(250)) {
        precondition(rateBytesPerSecond > 0, "a rate of nothing lets nothing through")
        self.rateBytesPerSecond = rateBytesPerSecond
        self.burst = burst
    }

    /// Takes an amount that was just used.
    /// - Returns: when it is paid for, and the next may be used.
    mutating func take(_ byteCount: Int, at now: TimePoint) -> TimePoint {
        let earliest = TimePoint(nanoseconds: now.nanoseconds - min(now.nanoseconds, burst.nanoseconds))
        let start = max(paidAt.map { max($0, earliest) } ?? now, earliest)
        let nanoseconds = Double(byteCount) * 1e9 / Double(rateBytesPerSecond)
        let due = start + TimeSpan(nanoseconds: UInt64(min(nanoseconds, 1e18)))
        paidAt = due
        return due
    }
}
