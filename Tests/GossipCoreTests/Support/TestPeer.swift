import GossipCore

/// A peer whose events are methods, so that a test has one line a step.
struct TestPeer {
    /// Its own number, for those that shuffle.
    static let own: PeerID = 99

    var machine: PeerStateMachine
    /// What the last tick reported of the cycle that it ended.
    private(set) var progress: ProgressSnapshot?

    /// - Parameter held: string art, one mark a chunk.
    init(
        _ held: String, _ style: GossipStyle = .pushPull, fanout: Int = 1, selection: ChunkSelection = .random,
        separation: Separation = .strict, sampling: PeerSampling = .tracker, peers: [PeerID] = [], seed: UInt64 = 1,
        adjust: (inout PeerConfiguration) -> Void = { _ in }
    ) {
        let gossip = GossipParameters(
            style: style, fanout: fanout, chunkSelection: selection, separation: separation,
            peerSampling: sampling)
        let held = ChunkSet(held)
        var configuration = PeerConfiguration(gossip: gossip, chunkCount: held.chunkCount)
        adjust(&configuration)
        machine = PeerStateMachine(
            configuration: configuration, held: held, generator: RandomGenerator(seed: seed), own: Self.own)
        _ = machine.handle(.peersReceived(peers))
    }

    var held: String { machine.held.art }
    var counts: MessageCounts { machine.counts }
    var known: [PeerID] { (0..<machine.peers.count).map { machine.peers[$0] } }

    /// What a tick leads to, without the report that every tick makes.
    @discardableResult
    mutating func tick(_ cycle: Cycle) -> [PeerAction] {
        machine.handle(.cycleStarted(cycle)).filter {
            guard case .reportProgress(let snapshot) = $0 else { return true }
            progress = snapshot
            return false
        }
    }

    @discardableResult
    mutating func push(_ chunk: ChunkID, in cycle: Cycle, _ token: MessageToken) -> [PeerAction] {
        machine.handle(.requestReceived(.push(cycle: cycle, chunk: chunk), token))
    }

    @discardableResult
    mutating func pull(_ chunk: ChunkID, in cycle: Cycle, _ token: MessageToken) -> [PeerAction] {
        machine.handle(.requestReceived(.pull(cycle: cycle, chunk: chunk), token))
    }

    @discardableResult
    mutating func have(_ digest: String? = nil, in cycle: Cycle, _ token: MessageToken) -> [PeerAction] {
        machine.handle(.requestReceived(.have(cycle: cycle, digest: digest.map { ChunkSet($0) }), token))
    }

    @discardableResult
    mutating func reply(_ reply: PeerReply, from peer: PeerID, _ token: MessageToken) -> [PeerAction] {
        machine.handle(.replyReceived(reply, from: peer, token))
    }

    /// A digest in answer to ours.
    @discardableResult
    mutating func digest(_ art: String, in cycle: Cycle, from peer: PeerID, _ token: MessageToken) -> [PeerAction] {
        reply(.have(cycle: cycle, digest: ChunkSet(art)), from: peer, token)
    }

    @discardableResult
    mutating func verified(_ token: MessageToken, _ isValid: Bool = true) -> [PeerAction] {
        machine.handle(.chunkVerified(token, isValid: isValid))
    }

    @discardableResult
    mutating func undelivered(_ request: PeerRequest, to peer: PeerID) -> [PeerAction] {
        machine.handle(.requestUndelivered(request, to: peer))
    }

    @discardableResult
    mutating func gone(_ peer: PeerID) -> [PeerAction] { machine.handle(.peerGone(peer)) }

    mutating func learn(_ peers: PeerID...) { _ = machine.handle(.peersReceived(peers)) }

    @discardableResult
    mutating func waitEnded(_ cycle: Cycle) -> [PeerAction] { machine.handle(.digestWaitEnded(cycle)) }
}

extension [PeerAction] {
    var pushes: [(chunk: ChunkID, peer: PeerID)] {
        compactMap {
            guard case .send(.push(_, let chunk), let peer) = $0 else { return nil }
            return (chunk, peer)
        }
    }

    var pulls: [(chunk: ChunkID, peer: PeerID)] {
        compactMap {
            guard case .send(.pull(_, let chunk), let peer) = $0 else { return nil }
            return (chunk, peer)
        }
    }

    var digestsAsked: [PeerID] {
        compactMap {
            guard case .send(.have, let peer) = $0 else { return nil }
            return peer
        }
    }
}
