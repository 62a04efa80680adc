import GossipCore

/// A rate that is kept over time, by saying of each amount when it is paid for.
///
/// What was not used is not lost at once: as much as `burst` at the full rate may be made up for, so that the average is
/// the rate also where there are pauses between amounts.
struct TokenBucket: Equatable, Sendable {
    /// Bytes a second.
    let rateBytesPerSecond: UInt64
    private let burst: TimeSpan
    /// What the first amount waits for besides its own payment.
    private let lead: TimeSpan
    /// When all that was taken is paid for; nil before the first.
    private var paidAt: TimePoint?

    /// - Parameter lead: what is used before the first of it is paid for, as time at the full rate: paid for first, so that
    ///   it does not come on top.
    init(
        rateBytesPerSecond: UInt64, burst: TimeSpan = .milliseconds(250), lead: TimeSpan = TimeSpan(nanoseconds: 0)
    ) {
        precondition(rateBytesPerSecond > 0, "a rate of nothing lets nothing through")
        self.rateBytesPerSecond = rateBytesPerSecond
        self.burst = burst
        self.lead = lead
    }

    /// Takes an amount that was just used.
    /// - Returns: when it is paid for, and the next may be used.
    mutating func take(_ byteCount: Int, at now: TimePoint) -> TimePoint {
        let earliest = TimePoint(nanoseconds: now.nanoseconds - min(now.nanoseconds, burst.nanoseconds))
        let start = paidAt.map { max($0, earliest) } ?? now + lead
        let nanoseconds = Double(byteCount) * 1e9 / Double(rateBytesPerSecond)
        let due = start + TimeSpan(nanoseconds: UInt64(min(nanoseconds, 1e18)))
        paidAt = due
        return due
    }
}
