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
        mix(packet.content)
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
        }
    }

    private mutating func mix(_ kind: UInt64, _ cycle: Cycle, _ number: UInt32) {
        mix(kind << 56 ^ cycle << 32 ^ UInt64(number))
    }
}
