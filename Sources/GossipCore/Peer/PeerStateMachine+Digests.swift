/// Selections that know what others hold: digests are asked for at the tick, then the partners are pulled from, one by
/// one.
extension PeerStateMachine {
    /// Asks the partners, or the peer set or `digestLimit` of it with the partners among them.
    mutating func askForDigests(into actions: inout [PeerAction]) {
        let fanout = configuration.gossip.fanout
        let isForAll = configuration.gossip.chunkSelection.digestNeed == .peerSet
        let asked = drawAsked(isForAll ? max(configuration.digestLimit, fanout) : fanout)
        digestRound = DigestRound(
            cycle: cycle, partners: Array(asked.prefix(fanout)), asked: asked, chunkCount: configuration.chunkCount)
        for peer in asked {
            actions.append(.send(.have(cycle: cycle, digest: nil), to: peer))
        }
        actions.append(.startDigestWait(cycle))
    }

    mutating func receiveDigest(_ digest: ChunkSet, from peer: PeerID, cycle: Cycle, into actions: inout [PeerAction]) {
        guard digestRound?.cycle == cycle else { return }
        guard digest.chunkCount == configuration.chunkCount, digestRound?.add(digest, from: peer) == true else {
            counts.refused += 1
            return
        }
        if digestRound?.isOver == true { pullByDigests(into: &actions) }
    }

    /// Stops waiting for a peer that cannot answer.
    mutating func withdrawDigest(of peer: PeerID, into actions: inout [PeerAction]) {
        guard digestRound?.withdraw(peer) == true, digestRound?.isOver == true else { return }
        pullByDigests(into: &actions)
    }

    /// Goes on without those who did not answer in time; that they did not is counted.
    mutating func endDigestWait(into actions: inout [PeerAction]) {
        let silent = digestRound?.unanswered ?? []
        pullByDigests(into: &actions)
        for peer in silent { noteMissedCycle(of: peer, into: &actions) }
    }

    /// Pulls from each partner that answered; no chunk is asked of two.
    mutating func pullByDigests(into actions: inout [PeerAction]) {
        guard let round = digestRound else { return }
        digestRound = nil
        var heldOrAsked = notAskedFor
        // A partner may have left after it answered; it is not drawn anew, and no link to it is opened again.
        for (position, partner) in round.partners.enumerated() where isReachable(partner) {
            guard let offered = round.holdings(ofPartner: position),
                let chunk = pick(excluding: heldOrAsked, offered: offered, availability: round.availability)
            else { continue }
            heldOrAsked.insert(chunk)
            sendPull(of: chunk, to: partner, into: &actions)
        }
    }

    private mutating func pick(excluding held: ChunkSet, offered: ChunkSet, availability: Availability) -> ChunkID? {
        switch configuration.gossip.chunkSelection {
        case .rarestFirst:
            RarestFirst.pick(excluding: held, offered: offered, availability: availability, using: &generator)
        case .useful:
            Useful.pick(excluding: held, offered: offered, using: &generator)
        case .latestUseful:
            LatestUseful.pick(excluding: held, offered: offered)
        case .random, .inOrder, .coded:
            preconditionFailure("this selection asks for no digests")
        }
    }
}
