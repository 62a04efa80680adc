import GossipCore

/// What must hold at every step of a simulated swarm.
package enum Invariant: String, CaseIterable, Sendable {
    /// No chunk is held, sent or advertised whose bytes were not found right.
    case verifiedChunks = "only verified chunks"
    /// Nothing that was received in a cycle leaves in it, and strict separation mixes no cycles.
    case separation
    /// Every chunk that arrives is counted exactly once, and counters add up.
    case accounting
    /// Every token is released exactly once.
    case tokens
    /// Queues stay within their bounds.
    case bounds
    /// A node's cycle moves as the ticks and the holdover say, and not otherwise.
    case cycles
    /// A partial view has no double entry, not the node itself, and no more entries than there is room for.
    case views
    /// The tracker names live members, each once.
    case tracker
    /// A node says that it is complete when it is, once.
    case completion
    /// A message is read as it was written.
    case encoding
    /// In the bulk exchange no chunk is asked of two.
    case exchange
    /// Without faults, every honest peer completes within the bound.
    case liveness
}

/// A broken invariant.
package struct Violation: Equatable, Sendable, CustomStringConvertible {
    package let invariant: Invariant
    /// Nil where it is no single node's.
    package let node: String?
    package let at: TimePoint
    package let text: String

    package var description: String {
        "\(invariant.rawValue), at \(SwarmLog.text(of: at))\(node.map { ", \($0)" } ?? ""): \(text)"
    }
}
