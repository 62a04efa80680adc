import GossipCore
import Metainfo
import ZeroMQ

/// An incoming message that the core holds a token of: where an answer goes, and the bytes of its chunk.
///
/// Nothing in it changes, so that another thread may hash it.
final class KeptMessage: Sendable {
    /// The routing frame to answer to; nil for a reply, which nobody answers.
    let returnAddress: [UInt8]?
    /// Who sent it, for the log.
    let sender: String
    /// The key that the sender has proved to hold; nil in an open swarm.
    let key: CurvePublicKey?
    let data: Message
    /// What came with a chunk to prove it; nil where nothing did.
    let proof: ChunkProof?
    /// Whether a chunk in answer is to have its proof with it.
    let wantsProof: Bool

    init(
        returnAddress: [UInt8]?, sender: String, key: CurvePublicKey? = nil, data: consuming Message,
        proof: ChunkProof? = nil, wantsProof: Bool = false
    ) {
        self.returnAddress = returnAddress
        self.sender = sender
        self.key = key
        self.data = data
        self.proof = proof
        self.wantsProof = wantsProof
    }
}

/// The messages that the core holds tokens of; the places of released ones are used again.
struct MessageSlots {
    private var slots: [KeptMessage?] = []
    private var free: [UInt32] = []

    var count: Int { slots.count - free.count }

    mutating func keep(_ message: KeptMessage) -> MessageToken {
        if let place = free.popLast() {
            slots[Int(place)] = message
            return MessageToken(place)
        }
        slots.append(message)
        return MessageToken(UInt32(slots.count - 1))
    }

    subscript(token: MessageToken) -> KeptMessage {
        guard let message = slots[Int(token.rawValue)] else {
            preconditionFailure("the core used a message that it had released")
        }
        return message
    }

    mutating func release(_ token: MessageToken) {
        precondition(slots[Int(token.rawValue)] != nil, "the core released a message twice")
        slots[Int(token.rawValue)] = nil
        free.append(token.rawValue)
    }
}
