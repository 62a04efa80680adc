import GossipCore

/// Every token that is handed in comes back in exactly one release, in time; until then alone it is used.
struct TokenChecker {
    private let holdQueueLimit: Int
    /// Tokens of chunks that are being verified.
    private var verifying: Set<MessageToken> = []
    /// Tokens of requests that wait for the next cycle.
    private var held: Set<MessageToken> = []

    init(holdQueueLimit: Int) {
        self.holdQueueLimit = holdQueueLimit
    }

    mutating func check(_ handled: HandledEvent, _ fail: NodeChecker.Fail) {
        var arrived: MessageToken?
        switch handled.event {
        case .requestReceived(_, let token), .replyReceived(_, _, let token), .exchangeAnswered(_, _, let token):
            if verifying.contains(token) || held.contains(token) { fail(.tokens, "\(token.rawValue) came twice") }
            arrived = token
        case .chunkVerified(let token, _):
            if verifying.remove(token) == nil { fail(.tokens, "\(token.rawValue) was not being verified") }
            arrived = token
        case .cycleStarted, .peersReceived, .messageRefused, .requestUndelivered, .digestWaitEnded, .peerReached,
            .joinDue, .peerGone, .decoded, .exchangeRequested, .exchangeUndelivered, .chunkServed, .receiverGone,
            .intervalHeard, .cycleEnding:
            break
        }
        for action in handled.actions { check(action, &arrived, fail) }
        guard let arrived else {
            if case .cycleStarted = handled.event, !held.isEmpty {
                fail(.tokens, "\(held.count) messages are kept beyond the cycle that they waited for")
            }
            return
        }
        guard case .requestReceived(let request, _) = handled.event, request.cycle == handled.cycle + 1 else {
            fail(.tokens, "the token of \(handled.event) is not released")
            return
        }
        held.insert(arrived)
        if held.count > holdQueueLimit { fail(.bounds, "\(held.count) messages wait for the next cycle") }
    }

    private mutating func check(_ action: PeerAction, _ arrived: inout MessageToken?, _ fail: NodeChecker.Fail) {
        switch action {
        case .release(let token):
            if arrived == token {
                arrived = nil
            } else if held.remove(token) == nil {
                fail(.tokens, "\(token.rawValue) is released and was not there")
            }
        case .verifyChunk(_, let token):
            if arrived == token {
                arrived = nil
            } else if held.remove(token) == nil {
                fail(.tokens, "\(token.rawValue) is verified and was not there")
            }
            verifying.insert(token)
        case .reply(_, let token), .storeChunk(_, let token), .reportCorruptChunk(_, let token):
            if arrived != token, !held.contains(token) {
                fail(.tokens, "\(token.rawValue) is used and was not there")
            }
        case .send, .startDigestWait, .dropLink, .forgetPeer, .seekPeers, .reportProgress, .reportCompletion,
            .storeCoded, .decode, .storeDecoded, .discardCoded, .reportCodedProgress, .ask, .answer, .forgetReceiver,
            .awaitCycleEnding:
            break
        }
    }
}
