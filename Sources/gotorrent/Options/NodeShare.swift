import GossipNode

/// Which of a process's nodes one is, and what they keep together.
struct NodeShare: Sendable {
    /// From 0.
    let number: Int
    /// Nodes of the process; at least 1.
    let count: Int
    let uploadLimit: RateLimit?
    let downloadLimit: RateLimit?

    /// A name of the node's own, made of the one that is common to all.
    func name(_ common: String) -> String { number == 0 ? common : "\(common)-\(number + 1)" }
}
