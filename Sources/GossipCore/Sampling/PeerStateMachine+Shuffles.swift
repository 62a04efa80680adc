/// Peer sampling by gossip: one shuffle a cycle keeps a small random part of the swarm known.
///
/// A shuffle carries addresses and no chunks, so no separation of cycles is at stake: it is answered at once, whatever
/// its cycle.
extension PeerStateMachine {
    /// The partial view; nil where the tracker's answers are the peer set.
    public var view: PartialView? { shuffling?.value.view }

    /// The cycle's shuffle. Who did not answer the one before leaves the view.
    mutating func shuffle(into actions: inout [PeerAction]) {
        guard shuffling != nil else { return }
        shuffling?.value.endRound()
        followView(into: &actions)
        guard let begun = shuffling?.value.begin(in: cycle, using: &generator) else { return }
        actions.append(.send(.shuffle(cycle: cycle, entries: begun.entries), to: begun.partner))
    }

    /// A cycle's shuffle, and a call for help where nobody is left to shuffle with.
    mutating func shuffleAtTick(into actions: inout [PeerAction]) {
        shuffle(into: &actions)
        if shuffling?.value.view.isEmpty == true { actions.append(.seekPeers) }
    }

    /// Shuffles outside the ticks: through addresses to join by, and with the view's own where no cycle has begun yet.
    mutating func join(through contacts: [PeerID], into actions: inout [PeerAction]) {
        guard shuffling != nil else { return }
        if cycle == 0 { shuffle(into: &actions) }
        for contact in contacts {
            guard let entries = shuffling?.value.join(through: contact, in: cycle) else { return }
            actions.append(.send(.shuffle(cycle: cycle, entries: entries), to: contact))
        }
    }

    mutating func answerShuffle(
        _ entries: [ViewEntry], cycle asked: Cycle, _ token: MessageToken, into actions: inout [PeerAction]
    ) {
        if let answer = shuffling?.value.answer(entries, using: &generator) {
            followView(into: &actions)
            actions.append(.reply(.shuffle(cycle: asked, entries: answer), to: token))
        } else {
            counts.refused += 1
        }
        actions.append(.release(token))
    }

    /// An answer to nothing that was asked is refused, so that nobody fills a view unasked but by a shuffle of his own.
    mutating func finishShuffle(
        _ entries: [ViewEntry], from peer: PeerID, cycle asked: Cycle, into actions: inout [PeerAction]
    ) {
        guard shuffling?.value.finish(entries, from: peer, in: asked) == true else {
            counts.refused += 1
            return
        }
        missedCycles.clear(peer)
        followView(into: &actions)
    }

    mutating func giveUpShuffle(with peer: PeerID, cycle: Cycle, into actions: inout [PeerAction]) {
        shuffling?.value.giveUp(peer, in: cycle)
        followView(into: &actions)
    }

    mutating func introduce(_ answer: [PeerID], into actions: inout [PeerAction]) {
        shuffling?.value.introduce(answer)
        followView(into: &actions)
    }

    /// Whether requests may go to a peer: to a neighbour, and to one that was until a moment ago.
    func isReachable(_ peer: PeerID) -> Bool {
        peers.contains(peer) || shuffling?.value.lingers(peer) == true
    }

    /// Makes the view the peer set.
    private mutating func followView(into actions: inout [PeerAction]) {
        guard let view = shuffling?.value.view else { return }
        let neighbours = PeerSet(view.entries.map(\.peer))
        for index in 0..<peers.count where !neighbours.contains(peers[index]) {
            missedCycles.clear(peers[index])
            strategy?.value.forget(peers[index])
        }
        peers = neighbours
        for peer in shuffling?.value.takeReleased() ?? [] { release(peer, into: &actions) }
    }

    /// Forgets the address of a peer that is a neighbour no longer, unless the bulk exchange still needs it.
    func release(_ peer: PeerID, into actions: inout [PeerAction]) {
        if exchange?.value.sourceIndex(peer) == nil { actions.append(.forgetPeer(peer)) }
    }
}
