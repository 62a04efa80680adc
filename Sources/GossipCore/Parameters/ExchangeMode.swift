/// How much a node sends a partner in a cycle.
public enum ExchangeMode: String, CaseIterable, Sendable {
    /// One chunk: the classic experiment.
    case single
    /// As many as fit, until the next tick.
    case bulk

    /// The selection where none is named: in bulk, what the partners hold is known anyway.
    public var usualSelection: ChunkSelection {
        switch self {
        case .single: .random
        case .bulk: .rarestFirst
        }
    }

    /// The fanout where none is named: in bulk, more partners than two keep a line busy while one of them has nothing.
    public var usualFanout: Int {
        switch self {
        case .single: 2
        case .bulk: 4
        }
    }

    /// The separation where none is named: in bulk, a chunk that took until the next cycle is not thrown away.
    public var usualSeparation: Separation {
        switch self {
        case .single: .strict
        case .bulk: .relaxed
        }
    }
}
