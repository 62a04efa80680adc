/// A moment of a clock that never goes back, as the shell or the simulator passes it in; the core has no clock.
public struct TimePoint: Hashable, Comparable, Sendable {
    /// Nanoseconds since the clock's origin, which means nothing by itself.
    public let nanoseconds: UInt64

    public init(nanoseconds: UInt64) {
        self.nanoseconds = nanoseconds
    }

    public static func < (left: TimePoint, right: TimePoint) -> Bool {
        left.nanoseconds < right.nanoseconds
    }

    /// The moment `span` later; the last representable one where that is beyond it.
    public static func + (moment: TimePoint, span: TimeSpan) -> TimePoint {
        let (sum, overflow) = moment.nanoseconds.addingReportingOverflow(span.nanoseconds)
        return TimePoint(nanoseconds: overflow ? .max : sum)
    }

    /// The time from `earlier` to this moment; zero where this one is not the later.
    public func since(_ earlier: TimePoint) -> TimeSpan {
        TimeSpan(nanoseconds: self > earlier ? nanoseconds - earlier.nanoseconds : 0)
    }
}
