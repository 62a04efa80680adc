import GossipCore

/// A fingerprint of what happened, in order: equal traces have equal ones.
///
/// Not cryptographic; each word is mixed in by the finalizer of SplitMix64.
struct TraceHash: Equatable, Sendable {
    private(set) var value: UInt64 = 0x9E37_79B9_7F4A_7C15

    mutating func mix(_ word: UInt64) {
        var mixed = value ^ word
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        value = (mixed ^ (mixed >> 31)) &+ 0x9E37_79B9_7F4A_7C15
    }

    mutating func mix(_ envelope: Envelope) {
        mix(UInt64(envelope.from.rawValue) << 32 | UInt64(envelope.to.rawValue))
        mix(envelope.content)
    }

    mutating func mix(_ packet: Packet) {
        mix(UInt64(packet.from.node) << 32 | UInt64(packet.to.node))
        mix(packet.link)
        if let bytes = packet.bytes { mix(bytes.word) }
        switch packet.content {
        case .request(let request): mix(.request(request))
        case .reply(let reply): mix(.reply(reply))
        case .exchangeRequest(let request): mix(request)
        case .exchangeReply(let reply): mix(reply)
        }
    }

    private mutating func mix(_ request: ExchangeRequest) {
        switch request {
        case .open(let cycle, let update, _): mix(9, cycle, update.version.count)
        case .want(let cycle, let chunks): mix(10, cycle, chunks)
        case .cancel(let cycle, let chunks): mix(11, cycle, chunks)
        case .ready(let cycle): mix(19, cycle, 0)
        }
    }

    private mutating func mix(_ reply: ExchangeReply) {
        switch reply {
        case .opened(let cycle, let update, _, let queued):
            mix(12, cycle, update.version.count)
            mix(13, cycle, queued)
        case .got(let cycle, let update): mix(14, cycle, update.version.count)
        case .grant(let cycle, _, let chunks): mix(15, cycle, chunks)
        case .chunk(let cycle, let chunk): mix(16, cycle, chunk)
        case .none(let cycle, let chunk): mix(17, cycle, chunk)
        case .busy(let cycle): mix(18, cycle, 0)
        }
    }

    private mutating func mix(_ kind: UInt64, _ cycle: Cycle, _ chunks: [ChunkID]) {
        mix(kind, cycle, UInt32(truncatingIfNeeded: chunks.count))
        for chunk in chunks { mix(UInt64(chunk)) }
    }

    private mutating func mix(_ content: Envelope.Content) {
        switch content {
        case .request(.push(let cycle, let chunk)): mix(1, cycle, chunk)
        case .request(.pull(let cycle, let chunk)): mix(2, cycle, chunk)
        case .request(.have(let cycle, let digest)): mix(3, cycle, digest?.count ?? 0)
        case .reply(.chunk(let cycle, let chunk)): mix(4, cycle, chunk)
        case .reply(.none(let cycle, let chunk)): mix(5, cycle, chunk)
        case .reply(.late(let cycle, let chunk)): mix(6, cycle, chunk)
        case .reply(.have(let cycle, let digest)): mix(7, cycle, digest.count)
        case .reply(.malformed): mix(8, 0, 0)
        case .request(.coded(let cycle, let vector)): mix(9, cycle, vector)
        case .request(.pullCoded(let cycle)): mix(10, cycle, 0)
        case .reply(.coded(let cycle, let vector)): mix(11, cycle, vector)
        case .request(.shuffle(let cycle, let entries)): mix(20, cycle, entries)
        case .reply(.shuffle(let cycle, let entries)): mix(21, cycle, entries)
        }
    }

    private mutating func mix(_ kind: UInt64, _ cycle: Cycle, _ vector: CodedVector) {
        mix(kind, cycle, UInt32(vector.coefficients.count))
        for coefficient in vector.coefficients { mix(UInt64(coefficient)) }
    }

    private mutating func mix(_ kind: UInt64, _ cycle: Cycle, _ entries: [ViewEntry]) {
        mix(kind, cycle, UInt32(entries.count))
        for entry in entries { mix(UInt64(entry.peer.rawValue) << 16 | UInt64(entry.age)) }
    }

    private mutating func mix(_ kind: UInt64, _ cycle: Cycle, _ number: UInt32) {
        mix(kind << 56 ^ cycle << 32 ^ UInt64(number))
    }
}
