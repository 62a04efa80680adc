#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The time of day, for people who read messages; nothing is decided by it.
package enum WallClock {
    /// Now, RFC 3339 in UTC with milliseconds.
    package static var now: String {
        Date.now.formatted(
            Date.ISO8601FormatStyle(includingFractionalSeconds: true, timeZone: TimeZone(secondsFromGMT: 0) ?? .current)
        )
    }

    /// Now, in whole seconds since 1970: the usual serial of a signed list.
    package static var secondsSince1970: UInt64 { UInt64(max(0, Date.now.timeIntervalSince1970)) }
}
