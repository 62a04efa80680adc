import GossipCore

/// A peer of the bulk exchange whose events are methods; what it says comes back as lines.
///
/// A class, so that an expectation may be told of a step.
final class ExchangingPeer {
    var peer: TestPeer
    private var nextToken: UInt32 = 100

    init(
        _ held: String, separation: Separation = .relaxed, fanout: Int = 2, peers: [PeerID] = [],
        unwanted: String? = nil, adjust: (inout ExchangeParameters) -> Void = { _ in }
    ) {
        peer = TestPeer(held, fanout: fanout, selection: .rarestFirst, separation: separation, peers: peers) {
            var parameters = ExchangeParameters()
            adjust(&parameters)
            $0.exchange = parameters
            $0.unwanted = unwanted.map { ChunkSet($0) }
        }
    }

    var counts: MessageCounts { peer.counts }

    private func handle(_ event: PeerEvent) -> [String] {
        var lines: [String] = []
        var events = [event]
        while !events.isEmpty {
            for action in peer.machine.handle(events.removeFirst()) {
                switch action {
                case .verifyChunk(_, let token): events.append(.chunkVerified(token, isValid: true))
                case .release, .reportProgress: break
                case .storeChunk(let chunk, _): lines.append("store chunk \(chunk)")
                case .reportCorruptChunk(let chunk, _): lines.append("report corrupt chunk \(chunk)")
                case .send, .reply, .startDigestWait, .dropLink, .forgetPeer, .seekPeers, .reportCompletion,
                    .ask, .answer, .forgetReceiver, .storeCoded, .decode, .storeDecoded, .discardCoded,
                    .reportCodedProgress, .awaitCycleEnding:
                    lines.append(Trace.line(action))
                }
            }
        }
        return lines
    }

    func told(_ interval: TimeSpan) { _ = handle(.intervalHeard(interval)) }

    func ending(_ cycle: Cycle) -> [String] { handle(.cycleEnding(cycle)) }

    func tick(_ cycle: Cycle) -> [String] { handle(.cycleStarted(cycle)) }

    func asked(_ request: ExchangeRequest, by receiver: UInt32, opener: PeerID? = nil) -> [String] {
        handle(.exchangeRequested(request, by: ReceiverID(receiver), opener: opener))
    }

    func answered(_ reply: ExchangeReply, from peer: PeerID) -> [String] {
        nextToken += 1
        return handle(.exchangeAnswered(reply, from: peer, MessageToken(nextToken)))
    }

    func served(_ receiver: UInt32) -> [String] { handle(.chunkServed(to: ReceiverID(receiver))) }

    func undelivered(_ request: ExchangeRequest, to peer: PeerID) -> [String] {
        handle(.exchangeUndelivered(request, to: peer))
    }

    /// A chunk with wrong bytes.
    func answeredWrongly(_ chunk: ChunkID, in cycle: Cycle, from peer: PeerID) -> [String] {
        nextToken += 1
        let token = MessageToken(nextToken)
        _ = self.peer.machine.handle(.exchangeAnswered(.chunk(cycle: cycle, chunk: chunk), from: peer, token))
        return handle(.chunkVerified(token, isValid: false))
    }
}

/// Holdings as a node tells them that told nothing before.
func whole(_ art: String, epoch: UInt64 = 1) -> HoldingsUpdate {
    let set = ChunkSet(art)
    return HoldingsUpdate(
        version: HoldingsVersion(epoch: epoch, count: 0), content: set.isComplete ? .everything : .chunks(set))
}

func added(_ chunks: [ChunkID], since: UInt32, epoch: UInt64 = 1) -> HoldingsUpdate {
    HoldingsUpdate(
        version: HoldingsVersion(epoch: epoch, count: since + UInt32(chunks.count)),
        content: .added(since: since, chunks))
}
