/// Chunks that arrive: verified first, then counted as exactly one of useful, redundant, late, corrupt.
extension PeerStateMachine {
    /// Whole chunks are not what a swarm of coded packets sends: they would upset what its vectors tell. A chunk that
    /// is not wanted is refused before it costs a hash, and is nobody's fault: who pushes does not know.
    /// - Returns: false where there is no room, and the message is released.
    @discardableResult
    mutating func verify(
        _ chunk: ChunkID, isLate: Bool, _ token: MessageToken, into actions: inout [PeerAction]
    ) -> Bool {
        guard !isCoded, chunk < configuration.chunkCount, wants(chunk),
            verifications.count < configuration.verificationLimit
        else {
            counts.refused += 1
            actions.append(.release(token))
            return false
        }
        verifications.append(Verification(token: token, chunk: chunk, isLate: isLate))
        actions.append(.verifyChunk(chunk, token))
        return true
    }

    mutating func finishVerification(_ token: MessageToken, isValid: Bool, into actions: inout [PeerAction]) {
        guard let verification = verifications.remove(where: { $0.token == token }) else {
            preconditionFailure("the shell verified a message that it was not asked to verify")
        }
        let chunk = verification.chunk
        let isNew = !held.contains(chunk) && !fresh.contains(chunk)
        if !isValid {
            counts.corrupt += 1
            actions.append(.reportCorruptChunk(chunk, token))
        } else if verification.isLate {
            counts.late += 1
            if isNew, configuration.gossip.separation == .relaxed {
                counts.lateKept += 1
                keep(chunk, token, into: &actions)
            }
        } else if isNew {
            counts.useful += 1
            keep(chunk, token, into: &actions)
        } else {
            counts.redundant += 1
        }
        if exchange != nil { settle(token, isValid: isValid, into: &actions) }
        actions.append(.release(token))
    }

    /// Usable from the next cycle on; even in relaxed separation nothing leaves in the cycle in which it came. The bulk
    /// exchange alone passes on at once what it got, unless cycles are kept apart.
    private mutating func keep(_ chunk: ChunkID, _ token: MessageToken, into actions: inout [PeerAction]) {
        let isUsable = exchange != nil && configuration.gossip.separation == .relaxed
        if isUsable { held.insert(chunk) } else { fresh.append(chunk) }
        if !isUsable { exchange?.value.noteFresh(chunk, token, in: cycle) }
        exchange?.value.noteKept(chunk)
        actions.append(.storeChunk(chunk, token))
        if hasAllWanted { actions.append(.reportCompletion(cycle)) }
        if isUsable {
            noteUsable(chunk)
            tellNews(into: &actions)
        }
    }
}
