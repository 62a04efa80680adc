import GossipCore

/// The clock's message at the start of each cycle.
package struct CycleTick: Equatable, Sendable {
    /// Counted from 1.
    package var cycle: Cycle
    /// Δ in milliseconds.
    package var intervalMilliseconds: UInt64
    /// When the cycle began, RFC 3339 in UTC, for people; nodes go by the message's arrival.
    package var startedAt: String

    package init(cycle: Cycle, intervalMilliseconds: UInt64, startedAt: String) {
        self.cycle = cycle
        self.intervalMilliseconds = intervalMilliseconds
        self.startedAt = startedAt
    }
}
