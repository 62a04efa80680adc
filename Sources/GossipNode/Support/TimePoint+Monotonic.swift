import GossipCore
import ZeroMQ

extension TimePoint {
    /// The monotonic clock's time, as the core takes it.
    package static var now: TimePoint { TimePoint(MonotonicTime.now) }

    init(_ time: MonotonicTime) {
        self.init(nanoseconds: UInt64(max(0, time.nanoseconds)))
    }
}

extension MonotonicTime {
    init(_ point: TimePoint) {
        self.init(nanoseconds: Int64(clamping: point.nanoseconds))
    }
}

extension Duration {
    package init(_ span: TimeSpan) {
        self = .nanoseconds(Int64(clamping: span.nanoseconds))
    }
}
