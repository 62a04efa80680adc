/// Which peers were partners, and when: what a choice of the least recently contacted ones draws by.
///
/// Pushes and pulls have a record each, as they have draws of their own. Where nobody comes or goes and the fanout is 1,
/// a node goes through its peers in an order that it drew once, and then again in the same: the quasirandom model of
/// Doerr, Friedrich and Sauerwald, *Quasirandom rumor spreading*, SODA 2008.
struct ContactRecord: Equatable, Sendable {
    private struct Contact: Equatable, Sendable {
        let peer: PeerID
        /// The number of the draw in which it was last a partner.
        var turn: UInt64
    }

    /// In the order of the peers.
    private var contacts: [Contact] = []
    private var turn: UInt64 = 0

    /// Draws the partners that were contacted longest ago, ties uniformly, in an order in which of two drawn ones the
    /// one that waited longer comes first.
    ///
    /// - Parameter peers: whom the node knows; all who are in the record are among them.
    /// - Returns: `count` different peers, or all where fewer are known.
    mutating func draw(_ count: Int, from peers: PeerSet, using generator: inout RandomGenerator) -> [PeerID] {
        var drawn = drawStrangers(count, from: peers, using: &generator)
        drawn += drawOldest(min(count, peers.count) - drawn.count, using: &generator)
        turn += 1
        for peer in drawn { note(peer) }
        return drawn
    }

    /// Forgets a peer; should it come back, it was never contacted.
    mutating func forget(_ peer: PeerID) {
        let position = firstPosition(notBelow: peer)
        if position < contacts.count, contacts[position].peer == peer { contacts.remove(at: position) }
    }

    /// Draws among those never contacted: their ranks, each moved past the contacted ones before it.
    private func drawStrangers(_ count: Int, from peers: PeerSet, using generator: inout RandomGenerator) -> [PeerID] {
        let ranks = generator.distinctIndices(count, below: peers.count - contacts.count)
        guard !ranks.isEmpty else { return [] }
        let contacted = contacts.map { peers.position(of: $0.peer) }
        return ranks.map { rank in
            var index = rank
            for position in contacted where position <= index { index += 1 }
            return peers[index]
        }
    }

    private func drawOldest(_ count: Int, using generator: inout RandomGenerator) -> [PeerID] {
        guard count > 0 else { return [] }
        var drawn: [PeerID] = []
        var waiting = contacts
        while drawn.count < count, let oldest = waiting.lazy.map(\.turn).min() {
            let tied = waiting.filter { $0.turn == oldest }
            drawn += generator.distinctIndices(count - drawn.count, below: tied.count).map { tied[$0].peer }
            waiting.removeAll { $0.turn == oldest }
        }
        return drawn
    }

    private mutating func note(_ peer: PeerID) {
        let position = firstPosition(notBelow: peer)
        if position < contacts.count, contacts[position].peer == peer {
            contacts[position].turn = turn
        } else {
            contacts.insert(Contact(peer: peer, turn: turn), at: position)
        }
    }

    private func firstPosition(notBelow peer: PeerID) -> Int {
        var low = 0
        var high = contacts.count
        while low < high {
            let middle = (low + high) / 2
            if contacts[middle].peer < peer {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low
    }
}
