import GossipCore

/// Every chunk that arrives is counted once, as what it is; and all that was sent is accounted for.
///
/// A slow and plain model of the counters: for each step it works out which of them move, and by how much.
struct CountChecker {
    struct Pull: Equatable {
        let peer: PeerID
        let chunk: ChunkID
        let cycle: Cycle
    }

    struct Held {
        let token: MessageToken
        let cycle: Cycle
        let isChunk: Bool
    }

    /// Cycles after which an answer is no longer waited for.
    private static let patienceCycles: Cycle = 8

    let configuration: PeerConfiguration
    /// Valid chunks that are here.
    var verified: ChunkSet
    var pulls: [Pull] = []
    /// Requests that wait for the next cycle.
    var held: [Held] = []
    /// Whether the chunks under verification came too late.
    var verifying: [MessageToken: Bool] = [:]
    /// Chunks that came, and those of them that were dropped unread.
    var arrived: UInt64 = 0
    var dropped: UInt64 = 0
    private var counts = MessageCounts()

    init(_ configuration: PeerConfiguration, held: ChunkSet) {
        self.configuration = configuration
        verified = held
    }

    var pendingPulls: Int { pulls.count }

    /// Pulls that may be waited for: those of this cycle, and of as many before as there is patience.
    static func pullLimit(_ configuration: PeerConfiguration) -> Int {
        configuration.gossip.fanout * (Int(patienceCycles) + 1)
    }

    mutating func check(_ handled: HandledEvent, _ slots: PacketSlots, _ fail: NodeChecker.Fail) {
        var expected = counts
        // Whether a digest or a shuffle was asked for is not known here.
        var mayRefuseOne = false
        switch handled.event {
        case .requestReceived(.shuffle, _):
            // It is answered at once, whatever its cycle, and in no counter; a node that does not shuffle refuses it.
            if configuration.gossip.peerSampling == .tracker { expected.refused += 1 }
        case .requestReceived(let request, let token):
            let isChunk = slots[token]?.chunk != nil
            if isChunk { arrived += 1 }
            receive(Held(token: token, cycle: request.cycle, isChunk: isChunk), handled, &expected, fail)
        case .replyReceived(let reply, let peer, let token):
            switch reply {
            case .have, .shuffle: mayRefuseOne = true
            case .chunk, .none, .late, .coded, .malformed: break
            }
            if slots[token]?.chunk != nil { arrived += 1 }
            receive(reply, from: peer, token, handled, &expected, fail)
        case .chunkVerified(let token, _):
            finish(token, slots[token], &expected)
        case .requestUndelivered(let request, let peer):
            giveUp(request, to: peer, &expected)
        case .cycleStarted(let cycle):
            expected.unanswered += removeExpired(at: cycle)
            let waiting = held
            held.removeAll(keepingCapacity: true)
            for message in waiting { receive(message, handled, &expected, fail) }
        case .messageRefused: expected.refused += 1
        case .exchangeAnswered(.chunk(_, let chunk), let peer, let token):
            arrived += 1
            receive(chunk, wantedOf: peer, token, handled, fail)
        case .peersReceived, .digestWaitEnded, .peerReached, .joinDue, .peerGone, .decoded, .exchangeRequested,
            .exchangeAnswered, .exchangeUndelivered, .chunkServed, .receiverGone, .intervalHeard,
            .cycleEnding:
            break
        }
        note(handled.actions, cycle: handled.cycle, slots, &expected)
        if mayRefuseOne, handled.counts.refused == expected.refused + 1 { expected.refused += 1 }
        if configuration.exchange != nil { takeUnmodelled(handled.counts, &expected) }
        compare(handled, expected, fail)
        counts = handled.counts
    }

    private mutating func note(
        _ actions: [PeerAction], cycle: Cycle, _ slots: PacketSlots, _ expected: inout MessageCounts
    ) {
        for action in actions {
            switch action {
            case .send(.push, _): expected.sent += 1
            case .send(.pull(let cycle, let chunk), let peer):
                expected.sent += 1
                pulls.append(Pull(peer: peer, chunk: chunk, cycle: cycle))
            case .ask(.want(_, let chunks), let peer):
                expected.sent += UInt64(chunks.count)
                for chunk in chunks { pulls.append(Pull(peer: peer, chunk: chunk, cycle: cycle)) }
            case .verifyChunk(_, let token): verifying[token] = isLate(slots[token], in: cycle)
            case .send(.have, _), .send(.coded, _), .send(.pullCoded, _), .send(.shuffle, _), .reply, .storeChunk,
                .reportCorruptChunk, .release, .startDigestWait, .dropLink, .forgetPeer, .seekPeers, .reportProgress,
                .reportCompletion, .storeCoded, .decode, .storeDecoded, .discardCoded, .reportCodedProgress, .ask,
                .answer, .forgetReceiver, .awaitCycleEnding:
                break
            }
        }
    }

    private func isLate(_ packet: Packet?, in cycle: Cycle) -> Bool {
        guard let packet, let carried = packet.chunk else { return true }
        // A source of the exchange may have heard its tick first.
        if case .exchangeReply = packet.content { return carried.cycle < cycle }
        return carried.cycle != cycle
    }

    private func compare(_ handled: HandledEvent, _ expected: MessageCounts, _ fail: NodeChecker.Fail) {
        if handled.counts != expected {
            let moved = MessageCounts.fields.filter { handled.counts[keyPath: $0.path] != expected[keyPath: $0.path] }
            let texts = moved.map { name, path in
                "\(name) is \(handled.counts[keyPath: path]) and should be \(expected[keyPath: path])"
            }
            fail(.accounting, "after \(handled.event): " + texts.joined(separator: ", "))
        }
        let counted = handled.counts.useful + handled.counts.redundant + handled.counts.late + handled.counts.corrupt
        let open = UInt64(verifying.count + held.count(where: \.isChunk))
        if arrived != counted + dropped + open {
            fail(
                .accounting,
                "\(arrived) chunks came; \(counted) are counted, \(dropped) were dropped, \(open) wait")
        }
    }

    private mutating func removeExpired(at cycle: Cycle) -> UInt64 {
        // How long the exchange waits is not worked out here.
        guard configuration.exchange == nil else { return 0 }
        let before = pulls.count
        pulls.removeAll { $0.cycle >= cycle || $0.cycle + Self.patienceCycles < cycle }
        return UInt64(before - pulls.count)
    }
}
