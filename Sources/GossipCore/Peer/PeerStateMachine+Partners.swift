/// Whom a node pushes to and pulls from in a cycle.
extension PeerStateMachine {
    /// Which of a cycle's two draws it is; each has a record of its own contacts.
    enum Purpose {
        case push
        case pull
    }

    /// Draws the partners of a cycle, then calls `body` with each; on the stack where it can be, for this is done at
    /// every tick.
    mutating func forEachPartner(_ purpose: Purpose, _ body: (inout PeerStateMachine, PeerID) -> Void) {
        guard configuration.gossip.peerChoice == .uniform else {
            for partner in drawLeastRecentlyContacted(purpose) { body(&self, partner) }
            return
        }
        let count = min(configuration.gossip.fanout, peers.count)
        withUnsafeTemporaryAllocation(of: PeerID.self, capacity: count) { partners in
            let drawn = peers.draw(into: partners, using: &generator)
            for place in 0..<drawn { body(&self, partners[place]) }
        }
    }

    /// Draws whom to ask for digests: the partners first, then others up to `count`, uniformly.
    ///
    /// Where the partners are drawn uniformly as well, one draw serves both: its first `fanout` are a uniform draw by
    /// themselves.
    mutating func drawAsked(_ count: Int) -> [PeerID] {
        let fanout = configuration.gossip.fanout
        guard configuration.gossip.peerChoice == .leastRecentlyContacted else {
            return peers.draw(max(count, fanout), using: &generator)
        }
        let partners = drawLeastRecentlyContacted(.pull)
        guard count > fanout else { return partners }
        // So many that enough are left without the partners.
        let others = peers.draw(count, using: &generator).filter { !partners.contains($0) }
        return partners + others.prefix(count - partners.count)
    }

    private mutating func drawLeastRecentlyContacted(_ purpose: Purpose) -> [PeerID] {
        if strategy == nil { strategy = OnHeap(StrategyState()) }
        let record = purpose == .push ? \StrategyState.pushContacts : \StrategyState.pullContacts
        let fanout = configuration.gossip.fanout
        return strategy?.value[keyPath: record].draw(fanout, from: peers, using: &generator) ?? []
    }
}
