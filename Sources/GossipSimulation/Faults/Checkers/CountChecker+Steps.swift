import GossipCore

/// Which counters a step moves.
extension CountChecker {
    /// A request came, or waited until this cycle.
    mutating func receive(
        _ message: Held, _ handled: HandledEvent, _ expected: inout MessageCounts, _ fail: NodeChecker.Fail
    ) {
        let isReleased = handled.releases(message.token)
        if message.cycle > handled.cycle, message.cycle - handled.cycle > 1 {
            expected.early += 1
            if message.isChunk { dropped += 1 }
        } else if message.cycle > handled.cycle {
            if !isReleased {
                held.append(message)
                return
            }
            expected.refused += 1
            if message.isChunk { dropped += 1 }
            if held.count < configuration.holdQueueLimit {
                fail(.accounting, "a message of the next cycle is refused though there is room")
            }
        } else if message.isChunk, !handled.verifies(message.token) {
            refuseChunk(handled, &expected, fail)
        }
    }

    mutating func receive(
        _ reply: PeerReply, from peer: PeerID, _ token: MessageToken, _ handled: HandledEvent,
        _ expected: inout MessageCounts, _ fail: NodeChecker.Fail
    ) {
        switch reply {
        case .chunk(let cycle, let chunk):
            if !removePull(Pull(peer: peer, chunk: chunk, cycle: cycle)) {
                expected.refused += 1
                dropped += 1
            } else if !handled.verifies(token) {
                refuseChunk(handled, &expected, fail)
            }
        case .none(let cycle, let chunk), .late(let cycle, let chunk):
            if removePull(Pull(peer: peer, chunk: chunk, cycle: cycle)) {
                expected.missed += 1
            } else {
                expected.refused += 1
            }
        case .have, .coded, .shuffle: break
        case .malformed: expected.refused += 1
        }
    }

    /// A chunk is not even verified: too many are.
    private mutating func refuseChunk(
        _ handled: HandledEvent, _ expected: inout MessageCounts, _ fail: NodeChecker.Fail
    ) {
        expected.refused += 1
        dropped += 1
        // At a tick the chunks that waited are taken up together.
        let begun = handled.actions.count { if case .verifyChunk = $0 { true } else { false } }
        if verifying.count + begun < configuration.verificationLimit {
            fail(.accounting, "a chunk is refused though there is room")
        }
    }

    /// What a chunk turned out to be; its bytes are looked at anew here.
    mutating func finish(_ token: MessageToken, _ packet: Packet?, _ expected: inout MessageCounts) {
        guard let isLate = verifying.removeValue(forKey: token), let chunk = packet?.chunk?.chunk else { return }
        let isNew = !verified.contains(chunk)
        if packet?.bytes?.isValid(for: chunk) != true {
            expected.corrupt += 1
        } else if isLate {
            expected.late += 1
            if isNew, configuration.gossip.separation == .relaxed {
                expected.lateKept += 1
                verified.insert(chunk)
            }
        } else if isNew {
            expected.useful += 1
            verified.insert(chunk)
        } else {
            expected.redundant += 1
        }
    }

    /// A chunk of the bulk exchange: it was asked for, or it is dropped.
    mutating func receive(
        _ chunk: ChunkID, wantedOf peer: PeerID, _ token: MessageToken, _ handled: HandledEvent,
        _ fail: NodeChecker.Fail
    ) {
        guard handled.verifies(token) else {
            dropped += 1
            return
        }
        if let place = pulls.firstIndex(where: { $0.peer == peer && $0.chunk == chunk }) {
            pulls.remove(at: place)
        } else {
            fail(.accounting, "chunk \(chunk) of \(peer) is verified and was not asked for")
        }
    }

    /// What the exchange counts beside the chunks that come is not worked out here: when it gives up waiting.
    func takeUnmodelled(_ counts: MessageCounts, _ expected: inout MessageCounts) {
        expected.unanswered = counts.unanswered
        expected.undelivered = counts.undelivered
        expected.cancelled = counts.cancelled
        expected.missed = counts.missed
        expected.refused = counts.refused
        expected.early = counts.early
    }

    mutating func giveUp(_ request: PeerRequest, to peer: PeerID, _ expected: inout MessageCounts) {
        switch request {
        case .push: expected.undelivered += 1
        case .pull(let cycle, let chunk):
            expected.undelivered += 1
            _ = removePull(Pull(peer: peer, chunk: chunk, cycle: cycle))
        case .have, .coded, .pullCoded, .shuffle: break
        }
    }

    private mutating func removePull(_ pull: Pull) -> Bool {
        guard let place = pulls.firstIndex(of: pull) else { return false }
        pulls.remove(at: place)
        return true
    }
}

extension HandledEvent {
    func releases(_ token: MessageToken) -> Bool { actions.contains(.release(token)) }

    func verifies(_ token: MessageToken) -> Bool {
        actions.contains { if case .verifyChunk(_, token) = $0 { true } else { false } }
    }
}
