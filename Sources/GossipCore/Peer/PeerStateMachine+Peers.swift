/// Who may be drawn: learnt from the tracker, forgotten when gone.
extension PeerStateMachine {
    /// Joins an answer of `get_peers` to the peer set.
    ///
    /// Before the first cycle an answer replaces the one before: the node asks again and again until the clock starts,
    /// and a union of all those answers would make its first peer set depend on how long it waited. So every node enters
    /// cycle 1 with one sample of the full membership, however early it started. A partial view only gains by an answer:
    /// the shuffles mix it.
    mutating func learnPeers(_ answer: [PeerID], into actions: inout [PeerAction]) {
        guard shuffling == nil else {
            introduce(answer, into: &actions)
            return
        }
        if cycle == 0, !answer.isEmpty { peers = PeerSet() }
        for peer in answer where peers.count < configuration.peerLimit {
            peers.insert(peer)
        }
    }

    mutating func noteUndelivered(_ request: PeerRequest, to peer: PeerID, into actions: inout [PeerAction]) {
        switch request {
        case .push, .coded:
            counts.undelivered += 1
        case .pullCoded(let cycle):
            counts.undelivered += 1
            _ = pendingPulls.remove(Self.anyChunk, of: peer, in: cycle)
        case .pull(let cycle, let chunk):
            counts.undelivered += 1
            _ = pendingPulls.remove(chunk, of: peer, in: cycle)
        case .have(let cycle, _):
            if digestRound?.cycle == cycle { withdrawDigest(of: peer, into: &actions) }
        case .shuffle(let cycle, _):
            giveUpShuffle(with: peer, cycle: cycle, into: &actions)
        }
        noteMissedCycle(of: peer, into: &actions)
    }

    /// What a forgotten peer still owes is not held against it: it may return, and the list must not grow without it.
    mutating func noteMissedCycle(of peer: PeerID, into actions: inout [PeerAction]) {
        guard peers.contains(peer) || exchange?.value.sourceIndex(peer) != nil else { return }
        let limit = exchange?.value.silenceLimit ?? configuration.missedCyclesLimit
        let missed = missedCycles.add(peer, in: cycle)
        // A tracker may be made to name many that there are not. Drawn in vain for as long as one that was heard, they
        // would take the places of those that there are.
        let isUnheard = exchange?.value.hasNeverHeard(peer, sinceCycles: missed.passed) == true
        if missed.count >= limit || (isUnheard && missed.count >= Exchange.unheardLimit) {
            forget(peer, into: &actions)
        }
    }

    /// Takes a peer out of the peer set and closes the link; the tracker may name it again.
    mutating func forget(_ peer: PeerID, into actions: inout [PeerAction]) {
        missedCycles.clear(peer)
        withdrawDigest(of: peer, into: &actions)
        strategy?.value.forget(peer)
        let wasShuffledWith = shuffling?.value.forget(peer) == true
        let wasKnown = peers.remove(peer)
        let wasSource = removeSource(peer, into: &actions)
        if wasKnown || wasShuffledWith || wasSource { actions.append(.dropLink(peer)) }
    }
}
