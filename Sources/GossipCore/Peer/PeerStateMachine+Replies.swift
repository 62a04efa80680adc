/// Answers to our own requests.
extension PeerStateMachine {
    mutating func receive(
        _ reply: PeerReply, from peer: PeerID, _ token: MessageToken, into actions: inout [PeerAction]
    ) {
        switch reply {
        case .chunk(let asked, let chunk):
            if takePending(chunk, of: peer, in: asked) {
                verify(chunk, isLate: asked != cycle, token, into: &actions)
                return
            }
        case .none(let asked, let chunk), .late(let asked, let chunk):
            if takePending(chunk, of: peer, in: asked) { counts.missed += 1 }
        case .coded(let asked, let vector):
            if takePending(Self.anyChunk, of: peer, in: asked) {
                receive(vector, isLate: asked != cycle, token, into: &actions)
                return
            }
        case .have(let asked, let digest):
            missedCycles.clear(peer)
            receiveDigest(digest, from: peer, cycle: asked, into: &actions)
        case .shuffle(let asked, let entries):
            finishShuffle(entries, from: peer, cycle: asked, into: &actions)
        case .malformed:
            counts.refused += 1
        }
        actions.append(.release(token))
    }

    /// Whether we asked for this; what we did not ask for is refused.
    private mutating func takePending(_ chunk: ChunkID, of peer: PeerID, in asked: Cycle) -> Bool {
        guard pendingPulls.remove(chunk, of: peer, in: asked) else {
            counts.refused += 1
            return false
        }
        missedCycles.clear(peer)
        return true
    }
}
