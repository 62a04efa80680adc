import GossipCore

/// One life of a simulated node: a node that is started again is not the one that was there before.
struct NodeLife: Hashable, Sendable, CustomStringConvertible {
    let node: Int
    let number: UInt32

    var description: String { number == 0 ? "n\(node)" : "n\(node).\(number)" }
}

/// A message between two nodes of an event-driven swarm, with the bytes of its chunk.
struct Packet: Equatable {
    let from: NodeLife
    let to: NodeLife
    /// The initiator's link that the message travels on; answers return on it.
    let link: UInt64
    var content: PacketContent
    /// The chunk's bytes; nil for messages without.
    var bytes: ChunkBytes?
    /// What time it was at the sender; shuffles tell it.
    var reading: CycleReading?
    /// Whether it has passed the receiver's downlink.
    var isReceived = false

    /// The chunk that it carries, and the cycle that it belongs to; nil for messages without bytes.
    var chunk: (cycle: Cycle, chunk: ChunkID)? {
        switch content {
        case .request(.push(let cycle, let chunk)), .reply(.chunk(let cycle, let chunk)),
            .exchangeReply(.chunk(let cycle, let chunk)):
            (cycle, chunk)
        case .request(.pull), .request(.have), .request(.shuffle), .request(.coded), .request(.pullCoded),
            .reply(.none), .reply(.late), .reply(.have), .reply(.shuffle), .reply(.coded), .reply(.malformed),
            .exchangeRequest, .exchangeReply:
            nil
        }
    }

    /// About what a message takes on the wire besides its chunk.
    static let overhead = 64

    /// About what it takes on the wire.
    func size(chunkSize: Int) -> Int {
        bytes == nil ? Self.overhead : Self.overhead + chunkSize
    }
}

/// What a packet says.
enum PacketContent: Equatable {
    case request(PeerRequest)
    case reply(PeerReply)
    case exchangeRequest(ExchangeRequest)
    case exchangeReply(ExchangeReply)
}

/// The bytes of a chunk, as a simulation has them: one word that depends on the chunk, so that wrong ones are seen.
struct ChunkBytes: Equatable, Sendable {
    var word: UInt64

    init(word: UInt64) {
        self.word = word
    }

    /// A coded packet's, which are as many as a chunk's and are not looked at.
    static let coded = ChunkBytes(word: 0)

    /// What the chunk's bytes must be, as its hash would tell.
    init(of chunk: ChunkID) {
        word = (UInt64(chunk) &+ 1) &* 0x9E37_79B9_7F4A_7C15
    }

    func isValid(for chunk: ChunkID) -> Bool { self == ChunkBytes(of: chunk) }
}
