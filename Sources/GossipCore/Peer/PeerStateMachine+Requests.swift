/// Others' requests: served, held or refused by the cycle that they carry.
extension PeerStateMachine {
    mutating func receive(_ request: PeerRequest, _ token: MessageToken, into actions: inout [PeerAction]) {
        if case .shuffle(let cycle, let entries) = request {
            answerShuffle(entries, cycle: cycle, token, into: &actions)
            return
        }
        if request.cycle > cycle {
            hold(request, token, into: &actions)
            return
        }
        let isLate = request.cycle < cycle
        switch request {
        case .push(_, let chunk):
            verify(chunk, isLate: isLate, token, into: &actions)
        case .pull(let cycle, let chunk):
            if let answer = answer(toPullOf: chunk, cycle: cycle, isLate: isLate) {
                actions.append(.reply(answer, to: token))
            }
            actions.append(.release(token))
        case .coded(_, let vector):
            receive(vector, isLate: isLate, token, into: &actions)
        case .pullCoded(let cycle):
            if let answer = answerToCodedPull(cycle: cycle, isLate: isLate) {
                actions.append(.reply(answer, to: token))
            }
            actions.append(.release(token))
        case .have(let cycle, _):
            // A digest tells what was held when its cycle began; of an earlier cycle that is no longer known.
            if !isLate || configuration.gossip.separation == .relaxed {
                actions.append(.reply(.have(cycle: cycle, digest: held), to: token))
            }
            actions.append(.release(token))
        case .shuffle: preconditionFailure("a shuffle is answered whatever its cycle")
        }
    }

    /// The sender heard its tick first: the message waits for ours. From further ahead, ticks were missed.
    private mutating func hold(_ request: PeerRequest, _ token: MessageToken, into actions: inout [PeerAction]) {
        if request.cycle - cycle > 1 {
            counts.early += 1
        } else if holdQueue.append(request, token, limit: configuration.holdQueueLimit) {
            return
        } else {
            counts.refused += 1
        }
        actions.append(.release(token))
    }

    private mutating func answer(toPullOf chunk: ChunkID, cycle: Cycle, isLate: Bool) -> PeerReply? {
        guard chunk < configuration.chunkCount else {
            counts.refused += 1
            return .malformed
        }
        if isLate, configuration.gossip.separation == .strict { return .late(cycle: cycle, chunk: chunk) }
        return held.contains(chunk) ? .chunk(cycle: cycle, chunk: chunk) : PeerReply.none(cycle: cycle, chunk: chunk)
    }
}
