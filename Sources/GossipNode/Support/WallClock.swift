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
}
