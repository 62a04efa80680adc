import GossipCore

/// One value of each kind, and more where the form varies.
enum Samples {
    static let chunkCount: UInt32 = 9

    static func set(_ chunks: [ChunkID], of count: UInt32 = chunkCount) -> ChunkSet {
        var set = ChunkSet(chunkCount: count)
        for chunk in chunks { set.insert(chunk) }
        return set
    }

    static let requests: [PeerRequest] = [
        .push(cycle: 3, chunk: 5), .pull(cycle: .max, chunk: .max), .have(cycle: 4, digest: nil),
        .have(cycle: 4, digest: set([0, 1, 2, 4, 7])), .coded(cycle: 3, vector), .coded(cycle: 3, CodedVector([])),
        .pullCoded(cycle: 6), .shuffle(cycle: 3, entries: entries), .shuffle(cycle: 0, entries: []),
    ]

    static let entries = [ViewEntry(PeerID(0)), ViewEntry(PeerID(.max), age: .max), ViewEntry(PeerID(3), age: 5)]

    static let vector = CodedVector([1, 2, 0, 0, 0, 0, 0, 0, 255])

    static let replies: [PeerReply] = [
        .chunk(cycle: 1, chunk: 2), PeerReply.none(cycle: 0, chunk: 0), .late(cycle: 9, chunk: 8),
        .have(cycle: 2, digest: set([])), .have(cycle: 2, digest: .full(chunkCount: chunkCount)),
        .coded(cycle: 3, vector), .shuffle(cycle: 3, entries: entries), .shuffle(cycle: 3, entries: []), .malformed,
    ]

    static let updates: [HoldingsUpdate] = [
        HoldingsUpdate(version: HoldingsVersion(epoch: .max, count: .max), content: .everything),
        HoldingsUpdate(version: HoldingsVersion(epoch: 0, count: 0), content: .chunks(set([]))),
        HoldingsUpdate(version: HoldingsVersion(epoch: 77, count: 5), content: .chunks(set([0, 1, 2, 7]))),
        HoldingsUpdate(version: HoldingsVersion(epoch: 77, count: 9), content: .chunks(.full(chunkCount: chunkCount))),
        HoldingsUpdate(version: HoldingsVersion(epoch: 77, count: 5), content: .added(since: 3, [4, 0])),
        HoldingsUpdate(version: HoldingsVersion(epoch: 77, count: 5), content: .added(since: 5, [])),
    ]

    static let exchangeRequests: [ExchangeRequest] =
        [
            .open(cycle: 3, updates[0], known: HoldingsVersion(epoch: 8, count: 1)), .want(cycle: 3, []),
            .want(cycle: 3, [5, 0, .max]), .ready(cycle: .max), .cancel(cycle: 0, [7]),
        ] + updates.map { .open(cycle: 3, $0, known: nil) }

    static let exchangeReplies: [ExchangeReply] =
        [
            .opened(cycle: 3, updates[2], known: HoldingsVersion(epoch: 8, count: 1), queued: [3, 1]),
            .opened(cycle: 3, updates[4], known: nil, queued: []), .busy(cycle: 3),
            .grant(cycle: 4, credit: 2, suggested: [5, 0]), .grant(cycle: 4, credit: .max, suggested: []),
            .chunk(cycle: 1, chunk: 2), ExchangeReply.none(cycle: 1, chunk: 2),
        ] + updates.map { .got(cycle: 3, $0) }

    static var events: [PeerEvent] {
        let (token, peer, receiver) = (MessageToken(12), PeerID(3), ReceiverID(7))
        let others: [PeerEvent] = [
            .cycleStarted(1), .peersReceived([]), .peersReceived([PeerID(0), PeerID(.max)]), .messageRefused,
            .chunkVerified(token, isValid: true), .chunkVerified(token, isValid: false), .peerReached(peer),
            .digestWaitEnded(7), .peerGone(peer), .decoded(token, isValid: true), .decoded(token, isValid: false),
            .intervalHeard(.milliseconds(100)), .cycleEnding(3), .joinDue(through: []),
            .joinDue(through: [PeerID(4), PeerID(2)]),
            .chunkServed(to: receiver),
            .receiverGone(ReceiverID(.max)),
            .exchangeRequested(.ready(cycle: 2), by: receiver, opener: peer),
        ]
        return others + requests.map { .requestReceived($0, token) }
            + requests.map { .requestUndelivered($0, to: peer) }
            + replies.map { .replyReceived($0, from: peer, token) }
            + exchangeRequests.map { .exchangeRequested($0, by: receiver, opener: nil) }
            + exchangeRequests.map { .exchangeUndelivered($0, to: peer) }
            + exchangeReplies.map { .exchangeAnswered($0, from: peer, token) }
    }

    static var actions: [PeerAction] {
        let (token, peer, receiver) = (MessageToken(.max), PeerID(0), ReceiverID(2))
        var counts = MessageCounts()
        for (index, field) in MessageCounts.fields.enumerated() { counts[keyPath: field.path] = UInt64(index) * 1_000 }
        let others: [PeerAction] = [
            .verifyChunk(4, token), .storeChunk(4, token), .reportCorruptChunk(0, token), .release(token),
            .startDigestWait(6), .dropLink(peer), .reportCompletion(8),
            .reportProgress(ProgressSnapshot(cycle: 0, held: set([8]), counts: MessageCounts())),
            .reportProgress(ProgressSnapshot(cycle: 5, held: set([0, 2, 3]), counts: counts)),
            .storeCoded(vector, token), .decode(token), .storeDecoded, .discardCoded,
            .reportCodedProgress(cycle: 3, rank: 0, MessageCounts()), .reportCodedProgress(cycle: 4, rank: 5, counts),
            .awaitCycleEnding(3, after: .milliseconds(40)), .forgetReceiver(receiver), .forgetPeer(peer), .seekPeers,
        ]
        return others + requests.map { .send($0, to: peer) } + replies.map { .reply($0, to: token) }
            + exchangeRequests.map { .ask($0, of: peer) } + exchangeReplies.map { .answer($0, to: receiver) }
    }
}
