#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A moment in UTC, to the second.
package struct UTCTime: Equatable, Sendable {
    /// Since 1970-01-01, without leap seconds.
    package let seconds: Int64

    package init(seconds: Int64) {
        self.seconds = seconds
    }

    /// By the clock on the wall.
    package static var now: UTCTime { UTCTime(seconds: Int64(time(nil))) }

    /// RFC 3339, such as `2026-11-22T12:05:33Z`.
    package var rfc3339: String {
        let (year, month, day) = date
        let (hour, minute, second) = timeOfDay
        return "\(year)-\(two(month))-\(two(day))T\(two(hour)):\(two(minute)):\(two(second))Z"
    }

    /// Without what folders' names had better not hold, such as `20261122T120533Z`.
    package var compact: String {
        rfc3339.filter { $0 != "-" && $0 != ":" }
    }

    private var timeOfDay: (hour: Int64, minute: Int64, second: Int64) {
        let second = seconds - days * 86_400
        return (second / 3600, second / 60 % 60, second % 60)
    }

    private var days: Int64 { (seconds >= 0 ? seconds : seconds - 86_399) / 86_400 }

    /// Source: Howard Hinnant, *chrono-Compatible Low-Level Date Algorithms*, `civil_from_days`.
    private var date: (year: Int64, month: Int64, day: Int64) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }

    private func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
}
