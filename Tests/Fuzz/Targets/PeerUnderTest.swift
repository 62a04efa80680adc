import GossipCore

/// A peer's core with what a shell knows of it, and what must hold after every event.
struct PeerUnderTest {
    static let holdQueueLimit = 6
    static let verificationLimit = 5
    static let peerLimit = 7
    static let receiverLimit = 3
    /// The node as others know it.
    static let own = PeerID(99)
    /// More than any one event may bring about under these bounds.
    private static let actionLimit = 400

    /// A chunk that the core asked a peer for.
    struct Asked {
        let chunk: ChunkID
        let cycle: Cycle
        let peer: PeerID
        let isExchanged: Bool
    }

    private(set) var machine: PeerStateMachine
    /// The latest of them, which an event may answer.
    private(set) var asked: [Asked] = []
    private(set) var verifying: [(token: MessageToken, chunk: ChunkID)] = []
    private(set) var decoding: MessageToken?
    private let initial: ChunkSet
    private var stored: ChunkSet
    private var outstanding: Set<MessageToken> = []
    /// Those whose links a shell would keep.
    private var receivers: Set<ReceiverID> = []
    private var verifiedCount: UInt64 = 0
    private var nextToken: UInt32 = 0

    init(_ configuration: PeerConfiguration, held: ChunkSet) {
        initial = held
        stored = held
        machine = PeerStateMachine(
            configuration: configuration, held: held, generator: RandomGenerator(seed: 7), own: Self.own)
    }

    /// The token of the next message, which the event that carries it hands in.
    var newToken: MessageToken { MessageToken(nextToken) }

    mutating func handle(_ event: PeerEvent) throws(FuzzFinding) {
        note(event)
        let before = machine
        let actions = machine.handle(event)
        var twin = before
        try require(twin.handle(event) == actions && twin == machine, "one event has one outcome: \(event)")
        try require(actions.count <= Self.actionLimit, "an event has few consequences: \(actions.count) of \(event)")
        for action in actions { try take(action) }
        try check(since: before)
    }

    /// Ends what is under way, after which no message may be kept.
    mutating func finish() throws(FuzzFinding) {
        for _ in 0..<3 {
            try settle()
            try handle(.cycleStarted(machine.cycle + 1))
        }
        try settle()
        try require(outstanding.isEmpty, "every message is released in the end: \(outstanding)")
    }

    private mutating func settle() throws(FuzzFinding) {
        while let (token, _) = verifying.first { try handle(.chunkVerified(token, isValid: true)) }
        if let decoding { try handle(.decoded(decoding, isValid: true)) }
    }

    private mutating func note(_ event: PeerEvent) {
        switch event {
        case .requestReceived(_, let token), .replyReceived(_, _, let token), .exchangeAnswered(_, _, let token):
            outstanding.insert(token)
            nextToken += 1
        case .chunkVerified(let token, _):
            verifiedCount += 1
            verifying.removeAll { $0.token == token }
        case .decoded: decoding = nil
        case .exchangeRequested(_, let receiver, _): receivers.insert(receiver)
        case .receiverGone(let receiver): receivers.remove(receiver)
        case .cycleStarted, .peersReceived, .messageRefused, .requestUndelivered, .peerReached, .digestWaitEnded,
            .joinDue, .peerGone, .exchangeUndelivered, .chunkServed, .intervalHeard, .cycleEnding:
            break
        }
    }

    private mutating func take(_ action: PeerAction) throws(FuzzFinding) {
        switch action {
        case .release(let token):
            try require(outstanding.remove(token) != nil, "a message is released once: \(token)")
            try require(
                decoding != token && !verifying.contains { $0.token == token }, "not while it is looked at: \(token)")
        case .verifyChunk(let chunk, let token):
            try require(outstanding.contains(token) && isWanted(chunk), "what is verified is here and wanted: \(chunk)")
            verifying.append((token, chunk))
        case .storeChunk(let chunk, let token):
            try require(outstanding.contains(token), "what is stored is here: \(token)")
            try require(stored.insert(chunk), "a chunk is stored once: \(chunk)")
        case .decode(let token):
            try require(outstanding.contains(token) && decoding == nil, "one decoding at a time: \(token)")
            decoding = token
        case .forgetReceiver(let receiver): receivers.remove(receiver)
        case .storeDecoded: stored = .full(chunkCount: stored.chunkCount)
        case .reply(let reply, let token):
            try require(outstanding.contains(token), "what is answered is here: \(reply)")
            if case .chunk(_, let chunk) = reply { try checkGiven(chunk) }
        case .answer(.chunk(_, let chunk), _): try checkGiven(chunk)
        case .send(.push(let cycle, let chunk), _):
            try require(cycle == machine.cycle, "a push is of this cycle: \(cycle)")
            try checkGiven(chunk)
        case .send(.pull(let cycle, let chunk), let peer): try noteAsked(chunk, cycle, peer, isExchanged: false)
        case .ask(.want(let cycle, let chunks), let peer):
            for chunk in chunks { try noteAsked(chunk, cycle, peer, isExchanged: true) }
        case .awaitCycleEnding(let cycle, let span):
            try require(cycle == machine.cycle && span.nanoseconds > 0, "a timer is of this cycle: \(cycle)")
        case .send, .answer, .ask, .storeCoded, .discardCoded, .reportCorruptChunk, .startDigestWait, .dropLink,
            .forgetPeer, .seekPeers, .reportProgress, .reportCodedProgress, .reportCompletion:
            break
        }
    }

    private mutating func noteAsked(
        _ chunk: ChunkID, _ cycle: Cycle, _ peer: PeerID, isExchanged: Bool
    ) throws(FuzzFinding) {
        try require(isWanted(chunk) && !machine.held.contains(chunk), "only what is missing is asked for: \(chunk)")
        asked = asked.suffix(15) + [Asked(chunk: chunk, cycle: cycle, peer: peer, isExchanged: isExchanged)]
    }

    private func checkGiven(_ chunk: ChunkID) throws(FuzzFinding) {
        try require(machine.held.contains(chunk), "only what is held is given: \(chunk)")
    }

    private func isWanted(_ chunk: ChunkID) -> Bool {
        chunk < initial.chunkCount && machine.configuration.unwanted?.contains(chunk) != true
    }

    private func check(since before: PeerStateMachine) throws(FuzzFinding) {
        let rules = machine.configuration
        try require(before.held.isSubset(of: machine.held), "what is held stays held")
        try require(before.heldAndFresh.isSubset(of: machine.heldAndFresh), "and what is fresh stays, too")
        try require(machine.heldAndFresh == stored, "what is held was there before, or is valid and stored")
        for (name, path) in MessageCounts.fields {
            try require(machine.counts[keyPath: path] >= before.counts[keyPath: path], "\(name) never shrinks")
        }
        if rules.gossip.chunkSelection != .coded {
            let counts = machine.counts
            let counted = counts.useful + counts.redundant + counts.late + counts.corrupt
            try require(counted == verifiedCount, "each chunk that was verified counts once: \(counted)")
        }
        try require(verifying.count <= Self.verificationLimit, "verifications are bounded: \(verifying.count)")
        let kept = Self.holdQueueLimit + Self.verificationLimit + 1
        try require(outstanding.count <= kept, "messages that are kept are bounded: \(outstanding.count)")
        let served = Self.receiverLimit + Self.holdQueueLimit
        try require(receivers.count <= served, "receivers that are known are bounded: \(receivers.count)")
        let peerLimit = rules.gossip.peerSampling == .tracker ? Self.peerLimit : 4
        try require(machine.peers.count <= peerLimit, "the peer set is bounded: \(machine.peers.count)")
    }
}
