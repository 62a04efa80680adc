import GossipCore

/// A message on its way, with the chunk's bytes where it carries a chunk.
struct Letter {
    enum Content {
        case request(PeerRequest)
        case reply(PeerReply)
    }

    let from: PeerID
    let to: PeerID
    let content: Content
    var bytes: [UInt8]?
}

/// One node: the core decides, and this does what it says.
struct LoopbackNode {
    let id: PeerID
    private(set) var chunks: [ChunkID: [UInt8]]
    private var machine: PeerStateMachine
    /// What a token stands for, until the core releases it.
    private var incoming: [MessageToken: Letter] = [:]
    private var tokenCount: UInt32 = 0
    private let isValid: (ChunkID, [UInt8]) -> Bool

    init(
        _ id: PeerID, holding chunks: [ChunkID: [UInt8]] = [:], of chunkCount: UInt32, neighbours: PeerSet,
        isValid: @escaping (ChunkID, [UInt8]) -> Bool
    ) {
        self.id = id
        self.chunks = chunks
        self.isValid = isValid
        var held = ChunkSet(chunkCount: chunkCount)
        for chunk in chunks.keys { held.insert(chunk) }
        machine = PeerStateMachine(
            configuration: PeerConfiguration(gossip: GossipParameters(), chunkCount: chunkCount), held: held,
            peers: neighbours, generator: RandomGenerator(seed: 1, stream: UInt64(id.rawValue)))
    }

    var isComplete: Bool { machine.heldAndFresh.isComplete }

    mutating func startCycle(_ cycle: Cycle, sending outbox: inout [Letter]) {
        handle(.cycleStarted(cycle), sending: &outbox)
    }

    mutating func receive(_ letter: Letter, sending outbox: inout [Letter]) {
        tokenCount += 1
        let token = MessageToken(tokenCount)
        incoming[token] = letter
        switch letter.content {
        case .request(let request): handle(.requestReceived(request, token), sending: &outbox)
        case .reply(let reply): handle(.replyReceived(reply, from: letter.from, token), sending: &outbox)
        }
    }

    private mutating func handle(_ event: PeerEvent, sending outbox: inout [Letter]) {
        for action in machine.handle(event) {
            switch action {
            case .send(let request, let peer):
                var letter = Letter(from: id, to: peer, content: .request(request))
                if case .push(_, let chunk) = request { letter.bytes = chunks[chunk] }
                outbox.append(letter)
            case .reply(let reply, let token):
                guard let asker = incoming[token]?.from else { continue }
                var letter = Letter(from: id, to: asker, content: .reply(reply))
                if case .chunk(_, let chunk) = reply { letter.bytes = chunks[chunk] }
                outbox.append(letter)
            case .verifyChunk(let chunk, let token):
                let bytes = incoming[token]?.bytes ?? []
                handle(.chunkVerified(token, isValid: isValid(chunk, bytes)), sending: &outbox)
            case .storeChunk(let chunk, let token):
                chunks[chunk] = incoming[token]?.bytes
            case .release(let token):
                incoming[token] = nil
            default:
                break  // Reports, and what only digests, shuffles, coding and the bulk exchange ask for.
            }
        }
    }
}
