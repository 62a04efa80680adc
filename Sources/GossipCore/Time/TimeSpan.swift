/// A length of time, never negative.
public struct TimeSpan: Hashable, Comparable, Sendable {
    public let nanoseconds: UInt64

    public init(nanoseconds: UInt64) {
        self.nanoseconds = nanoseconds
    }

    public static func milliseconds(_ count: UInt64) -> TimeSpan {
        TimeSpan(nanoseconds: saturated(count.multipliedReportingOverflow(by: 1_000_000)))
    }

    public static func seconds(_ count: UInt64) -> TimeSpan {
        TimeSpan(nanoseconds: saturated(count.multipliedReportingOverflow(by: 1_000_000_000)))
    }

    /// Whole milliseconds, rounded down.
    public var milliseconds: UInt64 { nanoseconds / 1_000_000 }

    public static func < (left: TimeSpan, right: TimeSpan) -> Bool {
        left.nanoseconds < right.nanoseconds
    }

    public static func + (left: TimeSpan, right: TimeSpan) -> TimeSpan {
        TimeSpan(nanoseconds: saturated(left.nanoseconds.addingReportingOverflow(right.nanoseconds)))
    }

    public static func * (span: TimeSpan, factor: UInt64) -> TimeSpan {
        TimeSpan(nanoseconds: saturated(span.nanoseconds.multipliedReportingOverflow(by: factor)))
    }

    private static func saturated(_ result: (partialValue: UInt64, overflow: Bool)) -> UInt64 {
        result.overflow ? .max : result.partialValue
    }
}
