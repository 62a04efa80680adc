import GossipWire

/// What came of a node's requests to its tracker.
struct CallOutcomes: Equatable, Sendable {
    private(set) var answered: UInt64 = 0
    private(set) var refused: UInt64 = 0
    private(set) var unanswered: UInt64 = 0

    mutating func note(_ reply: TrackerReply?) {
        switch reply {
        case .error: refused += 1
        case .announced, .left, .peers, .metafile, .info: answered += 1
        case nil: unanswered += 1
        }
    }

    /// Each with its name.
    var counted: [(outcome: String, count: UInt64)] {
        [("answered", answered), ("refused", refused), ("unanswered", unanswered)]
    }
}
