/// What a node counts, from its start on.
///
/// `sent` counts each push and each pull request once. Every chunk that arrives is exactly one of `useful`,
/// `redundant`, `late`, `corrupt`; the counters below `corrupt` are for what is not a chunk, or is refused unread.
public struct MessageCounts: Hashable, Sendable {
    /// Pushes and pull requests handed to a link.
    public var sent: UInt64 = 0
    /// First valid copies of a chunk.
    public var useful: UInt64 = 0
    /// Valid copies of a chunk that was held already, or came before in the same cycle.
    public var redundant: UInt64 = 0
    /// Pulls answered `none` or `late`.
    public var missed: UInt64 = 0
    /// Chunks that arrived after the cycle in which they were sent.
    public var late: UInt64 = 0
    /// Chunks whose bytes do not match their hash.
    public var corrupt: UInt64 = 0

    /// Of the `late` ones, first valid copies that relaxed separation kept.
    public var lateKept: UInt64 = 0
    /// Messages from more than one cycle ahead; dropped.
    public var early: UInt64 = 0
    /// Messages that broke a rule of the protocol or a bound of this node; dropped.
    public var refused: UInt64 = 0
    /// Pushes and pull requests that no link would take; also counted in `sent`.
    public var undelivered: UInt64 = 0
    /// Pulls that were never answered.
    public var unanswered: UInt64 = 0
    /// Pulls that were taken back because another source was idle.
    public var cancelled: UInt64 = 0

    public init() {}

    /// The counts of one cycle alone: what was counted since `earlier`, never below zero.
    ///
    /// A restarted node counts from zero again; its first cycle then shows what it counted since it started.
    public func since(_ earlier: MessageCounts) -> MessageCounts {
        combined(with: earlier) { now, before in now >= before ? now - before : now }
    }

    public static func += (left: inout MessageCounts, right: MessageCounts) {
        left = left.combined(with: right) { $0 &+ $1 }
    }

    private func combined(with other: MessageCounts, _ operation: (UInt64, UInt64) -> UInt64) -> MessageCounts {
        // Written out: key paths cost more than a simulated node may.
        var result = MessageCounts()
        result.sent = operation(sent, other.sent)
        result.useful = operation(useful, other.useful)
        result.redundant = operation(redundant, other.redundant)
        result.missed = operation(missed, other.missed)
        result.late = operation(late, other.late)
        result.corrupt = operation(corrupt, other.corrupt)
        result.lateKept = operation(lateKept, other.lateKept)
        result.early = operation(early, other.early)
        result.refused = operation(refused, other.refused)
        result.undelivered = operation(undelivered, other.undelivered)
        result.unanswered = operation(unanswered, other.unanswered)
        result.cancelled = operation(cancelled, other.cancelled)
        return result
    }

    /// Every counter with the name it has in messages and files.
    public static var fields: [(name: String, path: WritableKeyPath<MessageCounts, UInt64>)] {
        [
            ("sent", \.sent), ("useful", \.useful), ("redundant", \.redundant), ("missed", \.missed),
            ("late", \.late), ("corrupt", \.corrupt), ("late_kept", \.lateKept), ("early", \.early),
            ("refused", \.refused), ("undelivered", \.undelivered), ("unanswered", \.unanswered),
            ("cancelled", \.cancelled),
        ]
    }
}
