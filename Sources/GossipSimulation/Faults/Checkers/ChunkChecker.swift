import GossipCore

/// What leaves a node, and what it keeps, against what it may use in the cycle.
struct ChunkChecker {
    private let separation: Separation
    /// Whether what came may leave in the same cycle: the bulk exchange alone does it.
    private let passesOnAtOnce: Bool
    /// What was here when the cycle began.
    private var usable: ChunkSet
    /// What came since.
    private var arrived: [ChunkID] = []
    /// Chunks under verification that belong to another cycle than the one in which they came.
    private var ofOtherCycles: Set<MessageToken> = []
    /// Chunks that came before the cycle that they carry, under verification and then by their number.
    private var early: [MessageToken: Cycle] = [:]
    private var ahead: [ChunkID: Cycle] = [:]
    private var cycle: Cycle = 0

    init(_ configuration: PeerConfiguration, held: ChunkSet) {
        separation = configuration.gossip.separation
        passesOnAtOnce = configuration.exchange != nil && separation == .relaxed
        usable = held
    }

    mutating func check(_ handled: HandledEvent, _ slots: PacketSlots, _ fail: NodeChecker.Fail) {
        if case .cycleStarted = handled.event {
            for chunk in arrived where ahead[chunk] != handled.cycle { usable.insert(chunk) }
            arrived.removeAll { ahead[$0] != handled.cycle }
            ahead = [:]
        }
        cycle = handled.cycle
        for action in handled.actions {
            switch action {
            case .send(let request, _): check(request, fail)
            case .reply(let reply, let token): check(reply, to: slots[token], fail)
            case .verifyChunk(let chunk, let token):
                guard let carried = slots[token]?.chunk else { continue }
                if carried.chunk != chunk { fail(.verifiedChunks, "chunk \(carried.chunk) is verified as \(chunk)") }
                if carried.cycle < cycle { ofOtherCycles.insert(token) }
                if carried.cycle > cycle { early[token] = carried.cycle }
            case .storeChunk(let chunk, let token): store(chunk, token, fail)
            case .reportProgress(let snapshot): check(snapshot, fail)
            case .reportCorruptChunk, .release, .startDigestWait, .dropLink, .forgetPeer, .seekPeers, .reportCompletion,
                .storeCoded, .decode, .storeDecoded, .discardCoded, .reportCodedProgress, .ask, .answer,
                .forgetReceiver, .awaitCycleEnding:
                break
            }
        }
        if case .chunkVerified(let token, _) = handled.event {
            ofOtherCycles.remove(token)
            early[token] = nil
        }
    }

    private mutating func store(_ chunk: ChunkID, _ token: MessageToken, _ fail: NodeChecker.Fail) {
        if separation == .strict, ofOtherCycles.contains(token) {
            fail(.separation, "chunk \(chunk) of another cycle is kept in cycle \(cycle)")
        }
        if usable.contains(chunk) || arrived.contains(chunk) {
            fail(.verifiedChunks, "chunk \(chunk) is kept and was there")
        }
        if passesOnAtOnce { usable.insert(chunk) } else { arrived.append(chunk) }
        if let own = early[token], own > cycle { ahead[chunk] = own }
    }

    private func check(_ request: PeerRequest, _ fail: NodeChecker.Fail) {
        if request.cycle != cycle { fail(.separation, "\(request) is sent in cycle \(cycle)") }
        switch request {
        case .push(_, let chunk): checkLeaving(chunk, fail)
        case .have(_, let digest): if let digest { checkLeaving(digest, fail) }
        case .pull(_, let chunk):
            if usable.contains(chunk) { fail(.accounting, "chunk \(chunk) is pulled and was here") }
        case .coded, .pullCoded, .shuffle: break
        }
    }

    private func check(_ reply: PeerReply, to packet: Packet?, _ fail: NodeChecker.Fail) {
        guard case .request(let request) = packet?.content else {
            fail(.tokens, "\(reply) answers what is no request")
            return
        }
        let answered: Cycle
        switch reply {
        case .chunk(let cycle, let chunk):
            checkLeaving(chunk, fail)
            if request != .pull(cycle: cycle, chunk: chunk) { fail(.separation, "\(reply) answers \(request)") }
            answered = cycle
        case .have(let cycle, let digest):
            checkLeaving(digest, fail)
            if request.cycle != cycle { fail(.separation, "a digest answers \(request)") }
            answered = cycle
        case .none(_, let chunk):
            if usable.contains(chunk) { fail(.separation, "\(reply), and the chunk was here") }
            return
        case .late, .malformed, .coded: return
        case .shuffle(let cycle, _):
            guard case .shuffle(cycle, _) = request else {
                fail(.views, "a shuffle answers \(request)")
                return
            }
            return
        }
        if separation == .strict, answered != cycle {
            fail(.separation, "\(reply) is answered in cycle \(cycle)")
        }
    }

    private func check(_ snapshot: ProgressSnapshot, _ fail: NodeChecker.Fail) {
        if snapshot.held != usable { fail(.verifiedChunks, "progress tells of other chunks than are here") }
    }

    private func checkLeaving(_ chunk: ChunkID, _ fail: NodeChecker.Fail) {
        guard !usable.contains(chunk) else { return }
        if arrived.contains(chunk) {
            fail(.separation, "chunk \(chunk) came in cycle \(cycle) and leaves in it")
        } else {
            fail(.verifiedChunks, "chunk \(chunk) leaves and is not here")
        }
    }

    private func checkLeaving(_ digest: ChunkSet, _ fail: NodeChecker.Fail) {
        usable.forEachMissing(heldBy: digest) { checkLeaving($0, fail) }
    }
}
