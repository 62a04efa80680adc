import GossipCore
import ZeroMQ

/// A limit that the nodes of one process keep together; any thread may use it.
package final class RateLimit: Sendable {
    package let rateBytesPerSecond: UInt64
    private let bucket: Lock<TokenBucket>

    /// - Parameter rateBytesPerSecond: at least 1.
    package init(rateBytesPerSecond: UInt64) {
        self.rateBytesPerSecond = rateBytesPerSecond
        bucket = Lock(TokenBucket(rateBytesPerSecond: rateBytesPerSecond))
    }

    /// Takes an amount that was just used.
    /// - Returns: when it is paid for, and the next may be used.
    func take(_ byteCount: Int) -> TimePoint {
        bucket.withLock { $0.take(byteCount, at: .now) }
    }
}
