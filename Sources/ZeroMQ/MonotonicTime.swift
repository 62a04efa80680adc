#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A moment of the system's monotonic clock, in nanoseconds: what timers are set by.
///
/// Its zero has no meaning, so that moments of two machines, or of two boots, must not be compared.
public struct MonotonicTime: Comparable, Hashable, Sendable {
    public var nanoseconds: Int64

    public init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    /// The present moment. Stepping the wall clock does not move it.
    public static var now: MonotonicTime {
        var time = timespec()
        let result = clock_gettime(CLOCK_MONOTONIC, &time)
        precondition(result == 0, "every supported system has CLOCK_MONOTONIC")
        return MonotonicTime(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }

    public static func < (left: MonotonicTime, right: MonotonicTime) -> Bool {
        left.nanoseconds < right.nanoseconds
    }

    /// A later moment, `duration` rounded up to the nanosecond; the furthest one where it would overflow.
    public static func + (time: MonotonicTime, duration: Duration) -> MonotonicTime {
        let (sum, overflowed) = time.nanoseconds.addingReportingOverflow(duration.nanosecondsRoundedUp)
        if overflowed { return MonotonicTime(nanoseconds: duration < .zero ? .min : .max) }
        return MonotonicTime(nanoseconds: sum)
    }

    /// How long from `right` to `left`.
    public static func - (left: MonotonicTime, right: MonotonicTime) -> Duration {
        .nanoseconds(left.nanoseconds) - .nanoseconds(right.nanoseconds)
    }

    public static func += (time: inout MonotonicTime, duration: Duration) {
        time = time + duration
    }
}

extension Duration {
    /// Whole nanoseconds, rounded up, held within what 64 bits can express (292 years either way).
    var nanosecondsRoundedUp: Int64 {
        let (seconds, attoseconds) = components
        let fraction = attoseconds / 1_000_000_000 + (attoseconds % 1_000_000_000 > 0 ? 1 : 0)
        let (product, overflowed) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, overflowedAgain) = product.addingReportingOverflow(fraction)
        if overflowed || overflowedAgain { return self < .zero ? .min : .max }
        return sum
    }

    /// Whole milliseconds, rounded up: libzmq's unit, and rounding down would end waits too early.
    var millisecondsRoundedUp: Int64 {
        let nanoseconds = nanosecondsRoundedUp
        return nanoseconds / 1_000_000 + (nanoseconds % 1_000_000 > 0 ? 1 : 0)
    }
}
