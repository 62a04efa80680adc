/// Chunks that arrive: verified first, then counted as exactly one of useful, redundant, late, corrupt.
extension PeerStateMachine {
    mutating func verify(_ chunk: ChunkID, isLate: Bool, _ token: MessageToken, into actions: inout [PeerAction]) {
        guard chunk < configuration.chunkCount, verifications.count < configuration.verificationLimit else {
            counts.refused += 1
            actions.append(.release(token))
            return
        }
        verifications.append(Verification(token: token, chunk: chunk, isLate: isLate))
        actions.append(.verifyChunk(chunk, token))
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
        actions.append(.release(token))
    }

    /// Usable from the next cycle on; even in relaxed separation nothing leaves in the cycle in which it came.
    private mutating func keep(_ chunk: ChunkID, _ token: MessageToken, into actions: inout [PeerAction]) {
        fresh.append(chunk)
        actions.append(.storeChunk(chunk, token))
        if isComplete { actions.append(.reportCompletion(cycle)) }
    }
}
