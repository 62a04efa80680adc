import GossipCore

/// What a node says in the bulk exchange: the truth about its holdings, and no chunk asked of two.
struct ExchangeChecker {
    private let passesOnAtOnce: Bool
    private let parameters: ExchangeParameters
    /// What may be passed on, and what came since the cycle began.
    private var usable: ChunkSet
    private var arrived: [ChunkID] = []
    /// Those of them that are of the next cycle.
    private var ahead: [ChunkID: Cycle] = [:]
    /// Messages with a chunk of the next cycle that are kept: which of those that bring one chunk is stored shows later.
    private var early: [MessageToken: Cycle] = [:]
    /// Whom each chunk was asked of, for this cycle or the next.
    private var asked: [ChunkID: (peer: PeerID, cycle: Cycle)] = [:]
    private var receivers: Set<ReceiverID> = []

    init(_ parameters: ExchangeParameters, _ separation: Separation, held: ChunkSet) {
        self.parameters = parameters
        passesOnAtOnce = separation == .relaxed
        usable = held
    }

    mutating func check(_ handled: HandledEvent, _ fail: NodeChecker.Fail) {
        switch handled.event {
        case .cycleStarted:
            let begun = handled.cycle
            for chunk in arrived where ahead[chunk] != begun { usable.insert(chunk) }
            arrived.removeAll { ahead[$0] != begun }
            ahead = [:]
            asked = asked.filter { $0.value.cycle == begun }
        case .exchangeAnswered(.chunk(let sent, let chunk), _, let token):
            asked[chunk] = nil
            if sent > handled.cycle { early[token] = sent }
        case .exchangeAnswered(.none(_, let chunk), _, _):
            asked[chunk] = nil
        case .exchangeUndelivered(.want(_, let chunks), _):
            for chunk in chunks { asked[chunk] = nil }
        case .exchangeRequested, .exchangeAnswered, .exchangeUndelivered, .chunkServed, .receiverGone,
            .requestReceived, .replyReceived, .messageRefused, .chunkVerified, .requestUndelivered, .peersReceived,
            .digestWaitEnded, .peerReached, .joinDue, .peerGone, .decoded, .intervalHeard,
            .cycleEnding:
            break
        }
        // What a dropped source was asked for may be asked of others in the same step.
        for case .dropLink(let peer) in handled.actions { asked = asked.filter { $0.value.peer != peer } }
        for action in handled.actions { check(action, fail) }
    }

    private mutating func check(_ action: PeerAction, _ fail: NodeChecker.Fail) {
        switch action {
        case .storeChunk(let chunk, let token):
            ahead[chunk] = early[token]
            if passesOnAtOnce { usable.insert(chunk) } else { arrived.append(chunk) }
        case .release(let token): early[token] = nil
        case .ask(.open(_, let update, _), _): check(update, fail)
        case .ask(.want(let cycle, let chunks), let peer):
            if chunks.count > parameters.grantChunks { fail(.bounds, "\(chunks.count) chunks are wanted at once") }
            for chunk in chunks { checkWish(chunk, of: peer, in: cycle, fail) }
        case .answer(let reply, let receiver):
            receivers.insert(receiver)
            check(reply, fail)
        case .forgetReceiver(let receiver): receivers.remove(receiver)
        case .ask(.cancel, _), .ask(.ready, _), .send, .reply, .verifyChunk, .reportCorruptChunk,
            .startDigestWait, .dropLink, .forgetPeer, .seekPeers, .reportProgress, .reportCompletion, .storeCoded,
            .decode, .storeDecoded, .discardCoded,
            .reportCodedProgress, .awaitCycleEnding:
            break
        }
    }

    private mutating func checkWish(
        _ chunk: ChunkID, of peer: PeerID, in cycle: Cycle, _ fail: NodeChecker.Fail
    ) {
        if usable.contains(chunk) || arrived.contains(chunk) {
            fail(.accounting, "chunk \(chunk) is wanted and was here")
        }
        if let other = asked.updateValue((peer, cycle), forKey: chunk) {
            fail(.exchange, "chunk \(chunk) is wanted from \(peer) and from \(other.peer)")
        }
    }

    private func check(_ reply: ExchangeReply, _ fail: NodeChecker.Fail) {
        switch reply {
        case .opened(_, let update, _, _), .got(_, let update): check(update, fail)
        case .grant(_, _, let chunks): for chunk in chunks { checkLeaving(chunk, fail) }
        case .chunk(_, let chunk): checkLeaving(chunk, fail)
        case .none, .busy: break
        }
    }

    private func check(_ update: HoldingsUpdate, _ fail: NodeChecker.Fail) {
        switch update.content {
        case .everything: if !usable.isComplete { fail(.verifiedChunks, "claims everything, and chunks are missing") }
        case .chunks(let chunks): chunks.forEachMember { checkLeaving($0, fail) }
        case .added(_, let chunks): for chunk in chunks { checkLeaving(chunk, fail) }
        }
    }

    private func checkLeaving(_ chunk: ChunkID, _ fail: NodeChecker.Fail) {
        if arrived.contains(chunk) {
            fail(.separation, "chunk \(chunk) is told of, or sent, in the cycle in which it came")
        } else if !usable.contains(chunk) {
            fail(.verifiedChunks, "chunk \(chunk) is told of, or sent, and is not here")
        }
    }
}
