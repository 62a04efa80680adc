/// One node's side of the gossip: it takes events, and returns the actions that a shell carries out.
///
/// It does no I/O and reads no clock. Its randomness comes from a generator seeded from outside, so the same seed and
/// the same events give the same actions. Chunk bytes never enter it. `GossipNode` drives it with sockets, the
/// simulator with simulated time.
///
/// What was held when a cycle began is `held`: every draw and every answer of the cycle sees that alone. What comes
/// during the cycle is in `fresh` until the next one begins.
public struct PeerStateMachine: Equatable, Sendable {
    // What every message touches stands first and together, for the caches' sake.

    /// The node's cycle: that of its last tick, 0 before the first.
    public internal(set) var cycle: Cycle = 0
    /// What the node held when the cycle began.
    public internal(set) var held: ChunkSet
    private let rules: SharedConfiguration
    /// Valid chunks that came in this cycle, in the order in which they came.
    var fresh = InlineFirstList<ChunkID>()
    var pendingPulls = PendingPulls()
    /// What it counted since its start.
    public internal(set) var counts = MessageCounts()
    var verifications = InlineFirstList<Verification>()
    /// Whom it may draw as partners.
    public internal(set) var peers = PeerSet()

    var generator: RandomGenerator
    var holdQueue = HoldQueue()
    var missedCycles = MissedCycles()
    /// There only while digests are waited for.
    var digestRound: DigestRound?
    /// There only where chunks are exchanged in bulk.
    var exchange: OnHeap<Exchange>?
    /// There only with strategies that need it.
    var strategy: OnHeap<StrategyState>?
    /// There only where peers are sampled by shuffles.
    var shuffling: OnHeap<Shuffling>?

    /// - Parameters:
    ///   - configuration: the swarm's rules and the node's bounds.
    ///   - held: verified chunks at the start: all for a seed, none for a new peer, some for one that resumes.
    ///   - peers: whom it knows without having asked.
    ///   - generator: seeded differently at each node of a swarm.
    ///   - own: the node as others know it; needed where peers are sampled by shuffles.
    public init(
        configuration: PeerConfiguration, held: ChunkSet, peers: PeerSet = PeerSet(), generator: RandomGenerator,
        own: PeerID? = nil
    ) {
        self.init(
            sharing: SharedConfiguration(configuration), held: held, peers: peers, generator: generator, own: own)
    }

    /// A machine that has its configuration in common with others.
    public init(
        sharing rules: SharedConfiguration, held: ChunkSet, peers: PeerSet = PeerSet(), generator: RandomGenerator,
        own: PeerID? = nil
    ) {
        precondition(held.chunkCount == rules.value.chunkCount, "the chunks held are those of another file")
        if let unwanted = rules.value.unwanted {
            precondition(unwanted.subtracting(held) == unwanted, "what is held is not unwanted")
            precondition(rules.value.gossip.chunkSelection != .coded, "packets of coded chunks bring all or nothing")
        }
        self.rules = rules
        self.held = held
        self.peers = peers
        self.generator = generator
        if let parameters = configuration.exchange {
            precondition(configuration.gossip.chunkSelection != .coded, "coded packets are not exchanged in bulk")
            exchange = OnHeap(Exchange(parameters, held: held, unwanted: unwanted, epoch: self.generator.next()))
        }
        startCoding()
        guard case .cyclon(let viewSize, let length) = configuration.gossip.peerSampling else { return }
        guard let own else { preconditionFailure("a node that shuffles knows its own number") }
        shuffling = OnHeap(Shuffling(own: own, viewSize: Int(viewSize), length: Int(length)))
    }

    public var configuration: PeerConfiguration { rules.value }

    /// Everything the node has verified, with what came in this cycle.
    public var heldAndFresh: ChunkSet {
        var set = held
        for chunk in fresh { set.insert(chunk) }
        return set
    }

    /// How many chunks that is.
    public var verifiedCount: Int { Int(held.count) + fresh.count }

    /// How many messages of the next cycle wait for it.
    public var heldBackCount: Int { holdQueue.count }

    /// In the bulk exchange: whether chunks are missing, and none has come from anyone yet.
    public var waitsForFirstChunk: Bool { exchange != nil && counts.useful == 0 && !held.isComplete }

    /// Takes an event and returns what to do about it, in order.
    public mutating func handle(_ event: PeerEvent) -> [PeerAction] {
        var actions: [PeerAction] = []
        handle(event, into: &actions)
        return actions
    }

    /// Takes an event and appends what to do about it, in order.
    public mutating func handle(_ event: PeerEvent, into actions: inout [PeerAction]) {
        switch event {
        case .cycleStarted(let cycle):
            startCycle(cycle, into: &actions)
        case .intervalHeard(let interval):
            exchange?.value.noteInterval(interval)
        case .cycleEnding(let cycle):
            noteCycleEnding(cycle, into: &actions)
        case .peersReceived(let answer):
            learnPeers(answer, into: &actions)
        case .requestReceived(let request, let token):
            receive(request, token, into: &actions)
        case .replyReceived(let reply, let peer, let token):
            receive(reply, from: peer, token, into: &actions)
        case .messageRefused:
            counts.refused += 1
        case .chunkVerified(let token, let isValid):
            finishVerification(token, isValid: isValid, into: &actions)
        case .decoded(let token, let isValid):
            finishDecoding(token, isValid: isValid, into: &actions)
        case .requestUndelivered(let request, let peer):
            noteUndelivered(request, to: peer, into: &actions)
        case .digestWaitEnded(let cycle):
            if digestRound?.cycle == cycle { endDigestWait(into: &actions) }
        case .peerReached(let peer):
            missedCycles.clear(peer)
        case .joinDue(let contacts):
            join(through: contacts, into: &actions)
        case .peerGone(let peer):
            forget(peer, into: &actions)
        case .exchangeRequested(let request, let receiver, let opener):
            receive(request, by: receiver, opener: opener, into: &actions)
        case .exchangeAnswered(let reply, let peer, let token):
            receive(reply, from: peer, token, into: &actions)
        case .exchangeUndelivered(let request, let peer):
            noteUndelivered(request, to: peer, into: &actions)
        case .chunkServed(let receiver):
            noteServed(receiver, into: &actions)
        case .receiverGone(let receiver):
            removeReceiver(receiver, into: &actions)
        }
    }
}
