import GossipCore

/// Nodes in one array, and every message delivered within its cycle: the smallest network there is.
///
/// Peer sets are full and there is no tracker. Node 0 is the seed.
struct MiniSwarm {
    /// When messages are handed over.
    enum Delivery: CaseIterable {
        /// Once every node has had its tick.
        case afterTicks
        /// At once, so that some reach a node before its own tick, and wait there.
        case amongTicks
    }

    private(set) var nodes: [PeerStateMachine]
    private(set) var trace: [String] = []
    private(set) var cycle: Cycle = 0
    /// Pushes and pulls that the rules ask for, counted apart from the nodes.
    private(set) var expectedSent: UInt64 = 0
    /// Chunks that were carried to a node, in pushes and in answers.
    private(set) var chunksCarried: UInt64 = 0

    private let gossip: GossipParameters
    private let delivery: Delivery
    private let keepsTrace: Bool
    private var queue: [(node: Int, event: PeerEvent)] = []
    private var queueStart = 0
    /// Whose request each token of a node stands for.
    private var senders: [Int] = []

    /// - Parameter unwanted: what each node does without, by its number; nil where all want all.
    init(
        peers: Int, chunks: UInt32, gossip: GossipParameters, seed: UInt64, delivery: Delivery = .afterTicks,
        keepsTrace: Bool = false, unwanted: ((Int) -> ChunkSet)? = nil
    ) {
        self.gossip = gossip
        self.delivery = delivery
        self.keepsTrace = keepsTrace
        nodes = (0...peers).map { node in
            let held = node == 0 ? ChunkSet.full(chunkCount: chunks) : ChunkSet(chunkCount: chunks)
            var configuration = PeerConfiguration(gossip: gossip, chunkCount: chunks)
            if node > 0 { configuration.unwanted = unwanted?(node) }
            return PeerStateMachine(
                configuration: configuration, held: held,
                generator: RandomGenerator(seed: seed, stream: UInt64(node)))
        }
        for node in nodes.indices {
            let others = nodes.indices.filter { $0 != node }.map { PeerID(UInt32($0)) }
            _ = nodes[node].handle(.peersReceived(others))
        }
    }

    /// Whether everybody has what it wants.
    var isComplete: Bool { nodes.allSatisfy(\.hasAllWanted) }

    /// Counted by the peers, the seed left out.
    var peerCounts: MessageCounts {
        nodes.dropFirst().reduce(into: MessageCounts()) { $0 += $1.counts }
    }

    /// Runs cycle after cycle until all are complete or `limit` is reached.
    mutating func run(limit: Cycle) {
        while !isComplete, cycle < limit { runCycle() }
    }

    mutating func runCycle() {
        cycle += 1
        expectSends()
        for node in nodes.indices {
            deliver(.cycleStarted(cycle), to: node)
            if delivery == .amongTicks { drain() }
        }
        drain()
        for node in nodes.indices { deliver(.digestWaitEnded(cycle), to: node) }
        drain()
    }

    private mutating func expectSends() {
        let partners = UInt64(min(gossip.fanout, nodes.count - 1))
        for node in nodes {
            if gossip.style.pushes, !node.heldAndFresh.isEmpty { expectedSent += partners }
            if gossip.style.pulls, !node.hasAllWanted { expectedSent += partners }
        }
    }

    private mutating func drain() {
        while queueStart < queue.count {
            let (node, event) = queue[queueStart]
            queueStart += 1
            deliver(event, to: node)
        }
        queue.removeAll(keepingCapacity: true)
        queueStart = 0
    }

    private mutating func deliver(_ event: PeerEvent, to node: Int) {
        for action in nodes[node].handle(event) {
            if keepsTrace { trace.append("n\(node) " + Trace.line(action)) }
            perform(action, of: node)
        }
    }

    private mutating func perform(_ action: PeerAction, of node: Int) {
        switch action {
        case .send(let request, let peer):
            switch request {
            case .push, .coded: chunksCarried += 1
            case .pull, .have, .pullCoded, .shuffle: break
            }
            queue.append((Int(peer.rawValue), .requestReceived(request, token(from: node))))
        case .reply(let reply, let token):
            switch reply {
            case .chunk, .coded: chunksCarried += 1
            case .none, .late, .have, .shuffle, .malformed: break
            }
            let asker = senders[Int(token.rawValue)]
            queue.append((asker, .replyReceived(reply, from: PeerID(UInt32(node)), self.token(from: node))))
        case .verifyChunk(_, let token):
            queue.append((node, .chunkVerified(token, isValid: true)))
        case .storeChunk, .reportCorruptChunk, .release, .startDigestWait, .dropLink, .forgetPeer, .seekPeers,
            .reportProgress, .reportCompletion, .storeCoded, .storeDecoded, .discardCoded, .reportCodedProgress, .ask,
            .answer, .forgetReceiver, .awaitCycleEnding:
            break
        case .decode(let token):
            queue.append((node, .decoded(token, isValid: true)))
        }
    }

    private mutating func token(from node: Int) -> MessageToken {
        senders.append(node)
        return MessageToken(UInt32(senders.count - 1))
    }
}
