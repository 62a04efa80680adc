import GossipCore

/// How messages fare between any two nodes. Shares are in thousandths.
package struct NetworkConditions: Equatable, Sendable {
    /// What every message takes.
    package var delay = TimeSpan(nanoseconds: 0)
    /// What it takes on top of that, at most; drawn for each message.
    package var jitter = TimeSpan(nanoseconds: 0)
    package var lossPermille = 0
    /// Whether ticks, reports and the tracker's messages are lost like others.
    package var losesControl = true
    package var duplicationPermille = 0
    /// Messages that others on the same link may overtake.
    package var reorderingPermille = 0
    /// How much later than the others those come, at most.
    package var reorderingDelay = TimeSpan(nanoseconds: 0)

    package init() {}

    /// Everything arrives at once, and so within its cycle: the classroom's model.
    package static var synchronous: NetworkConditions { NetworkConditions() }
}

/// How fast one node is.
package struct NodePace: Equatable, Sendable {
    /// Nil without a limit.
    package var uplinkBytesPerSecond: UInt64?
    package var downlinkBytesPerSecond: UInt64?
    /// From the arrival of a message or a tick until the node takes it up.
    package var processing = TimeSpan(nanoseconds: 0)

    package init() {}

    static func transferTime(of bytes: Int, at rate: UInt64?) -> TimeSpan {
        guard let rate else { return TimeSpan(nanoseconds: 0) }
        let (high, low) = UInt64(bytes).multipliedFullWidth(by: 1_000_000_000)
        let rateOrOne = max(rate, 1)
        guard high < rateOrOne else { return TimeSpan(nanoseconds: .max) }
        return TimeSpan(nanoseconds: rateOrOne.dividingFullWidth((high, low)).quotient)
    }
}
