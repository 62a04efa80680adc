import GossipCore

/// The links over which others download from a node, by the numbers that its core knows them by.
struct ReceiverTable {
    /// Where answers go.
    struct Address {
        let life: NodeLife
        let link: UInt64
    }

    private var identifiers: [UInt64: ReceiverID] = [:]
    private var addresses: [ReceiverID: Address] = [:]
    private var nextIdentifier: UInt32 = 0

    var count: Int { addresses.count }

    subscript(receiver: ReceiverID) -> Address? { addresses[receiver] }

    /// The number of the link that a packet came on.
    mutating func identifier(of packet: Packet) -> ReceiverID {
        if let known = identifiers[packet.link] { return known }
        let identifier = ReceiverID(nextIdentifier)
        nextIdentifier += 1
        identifiers[packet.link] = identifier
        addresses[identifier] = Address(life: packet.from, link: packet.link)
        return identifier
    }

    mutating func forget(_ receiver: ReceiverID) {
        guard let address = addresses.removeValue(forKey: receiver) else { return }
        identifiers[address.link] = nil
    }
}
