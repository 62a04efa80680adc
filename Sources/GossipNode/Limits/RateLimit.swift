import GossipCore
import ZeroMQ

/// A limit that the nodes of one process keep together; any thread may use it.
package final class RateLimit: Sendable {
    /// What nodes send or receive at first, as time at the full rate, before the first of it is paid for: a quarter of a
    /// second's worth is granted, less once the window has seen what the limit lets through. Measured: with nothing for
    /// it 64 MiB at 16 MiB/s were up to 4 % too fast, with all of the quarter up to 4 % too slow.
    private static let lead = TimeSpan.milliseconds(150)

    package let rateBytesPerSecond: UInt64
    private let bucket: Lock<TokenBucket>

    /// - Parameter rateBytesPerSecond: at least 1.
    package init(rateBytesPerSecond: UInt64) {
        self.rateBytesPerSecond = rateBytesPerSecond
        bucket = Lock(TokenBucket(rateBytesPerSecond: rateBytesPerSecond, lead: Self.lead))
    }

    /// Takes an amount that was just used.
    /// - Returns: when it is paid for, and the next may be used.
    func take(_ byteCount: Int) -> TimePoint {
        bucket.withLock { $0.take(byteCount, at: .now) }
    }
}
