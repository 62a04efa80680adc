import GossipCore

extension GossipParameters {
    /// Such as `least-recently-contacted partners, `; nothing where they are drawn as usual.
    var choiceClause: String {
        (peerChoice == .uniform ? "" : "\(peerChoice.rawValue) partners, ")
            + (exchange == .bulk ? "in bulk, " : "")
    }
}
