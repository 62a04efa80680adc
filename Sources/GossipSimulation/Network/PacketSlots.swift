import GossipCore

/// The packets that a simulated node's core holds tokens of; the places of released ones are used again.
struct PacketSlots {
    private var slots: [Packet?] = []
    private var free: [UInt32] = []

    var count: Int { slots.count - free.count }

    mutating func keep(_ packet: Packet) -> MessageToken {
        if let place = free.popLast() {
            slots[Int(place)] = packet
            return MessageToken(place)
        }
        slots.append(packet)
        return MessageToken(UInt32(slots.count - 1))
    }

    /// Nil of a token that stands for nothing, which is the core's mistake.
    subscript(token: MessageToken) -> Packet? {
        Int(token.rawValue) < slots.count ? slots[Int(token.rawValue)] : nil
    }

    mutating func release(_ token: MessageToken) {
        guard self[token] != nil else { return }
        slots[Int(token.rawValue)] = nil
        free.append(token.rawValue)
    }
}
