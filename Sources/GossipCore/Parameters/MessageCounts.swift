/// What a node counts, from its start on.
///
/// `sent` counts each push and each pull request once. Every chunk that arrives is exactly one of `useful`,
/// `redundant`, `late`, `corrupt`; the counters below `corrupt` are for what is not a chunk, or is refused unread.
/// What is counted where all goes well stands in the value; the rest has space of its own once it is not zero, so that
/// a million simulated nodes do not carry it.
public struct MessageCounts: Hashable, Sendable {
    /// Pushes and pull requests handed to a link.
    public var sent: UInt64 = 0
    /// First valid copies of a chunk.
    public var useful: UInt64 = 0
    /// Valid copies of a chunk that was held already, or came before in the same cycle.
    public var redundant: UInt64 = 0
    /// Pulls answered `none` or `late`.
    public var missed: UInt64 = 0
    private var rare: OnHeap<RareCounts>?

    /// Chunks that arrived after the cycle in which they were sent.
    public var late: UInt64 {
        get { rareCounts.late }
        set { setRare(\.late, to: newValue) }
    }

    /// Chunks whose bytes do not match their hash.
    public var corrupt: UInt64 {
        get { rareCounts.corrupt }
        set { setRare(\.corrupt, to: newValue) }
    }

    /// Of the `late` ones, first valid copies that relaxed separation kept.
    public var lateKept: UInt64 {
        get { rareCounts.lateKept }
        set { setRare(\.lateKept, to: newValue) }
    }

    /// Messages from more than one cycle ahead; dropped.
    public var early: UInt64 {
        get { rareCounts.early }
        set { setRare(\.early, to: newValue) }
    }

    /// Messages that broke a rule of the protocol or a bound of this node; dropped.
    public var refused: UInt64 {
        get { rareCounts.refused }
        set { setRare(\.refused, to: newValue) }
    }

    /// Pushes and pull requests that no link would take; also counted in `sent`.
    public var undelivered: UInt64 {
        get { rareCounts.undelivered }
        set { setRare(\.undelivered, to: newValue) }
    }

    /// Pulls that were never answered.
    public var unanswered: UInt64 {
        get { rareCounts.unanswered }
        set { setRare(\.unanswered, to: newValue) }
    }

    /// Pulls that were taken back because another source was idle.
    public var cancelled: UInt64 {
        get { rareCounts.cancelled }
        set { setRare(\.cancelled, to: newValue) }
    }

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

    public static func == (left: MessageCounts, right: MessageCounts) -> Bool {
        left.sent == right.sent && left.useful == right.useful && left.redundant == right.redundant
            && left.missed == right.missed && left.rareCounts == right.rareCounts
    }

    public func hash(into hasher: inout Hasher) {
        for count in [sent, useful, redundant, missed] { hasher.combine(count) }
        hasher.combine(rareCounts)
    }

    private var rareCounts: RareCounts { rare?.value ?? RareCounts() }

    private mutating func setRare(_ path: WritableKeyPath<RareCounts, UInt64>, to count: UInt64) {
        if rare == nil, count == 0 { return }
        if rare == nil { rare = OnHeap(RareCounts()) }
        rare.mutateIfPresent { $0[keyPath: path] = count }
    }

    private func combined(with other: MessageCounts, _ operation: (UInt64, UInt64) -> UInt64) -> MessageCounts {
        // Written out: key paths cost more than a simulated node may.
        var result = MessageCounts()
        result.sent = operation(sent, other.sent)
        result.useful = operation(useful, other.useful)
        result.redundant = operation(redundant, other.redundant)
        result.missed = operation(missed, other.missed)
        guard rare != nil || other.rare != nil else { return result }
        let (mine, others) = (rareCounts, other.rareCounts)
        var rarely = RareCounts()
        rarely.late = operation(mine.late, others.late)
        rarely.corrupt = operation(mine.corrupt, others.corrupt)
        rarely.lateKept = operation(mine.lateKept, others.lateKept)
        rarely.early = operation(mine.early, others.early)
        rarely.refused = operation(mine.refused, others.refused)
        rarely.undelivered = operation(mine.undelivered, others.undelivered)
        rarely.unanswered = operation(mine.unanswered, others.unanswered)
        rarely.cancelled = operation(mine.cancelled, others.cancelled)
        if rarely != RareCounts() { result.rare = OnHeap(rarely) }
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
