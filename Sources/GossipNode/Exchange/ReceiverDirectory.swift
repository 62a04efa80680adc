import GossipCore

/// The links over which others download from this node, by the numbers that the core knows them by.
///
/// The core says when a number is of no more use, so there are never more than it serves.
struct ReceiverDirectory {
    private var identifiers: [[UInt8]: ReceiverID] = [:]
    private var addresses: [ReceiverID: [UInt8]] = [:]
    private var nextIdentifier: UInt32 = 0
    /// Those that do not know the hashes of the torrent's chunks.
    private var proofSeekers: Set<ReceiverID> = []

    var count: Int { addresses.count }

    /// The routing id of a receiver's link.
    subscript(receiver: ReceiverID) -> [UInt8]? { addresses[receiver] }

    mutating func identifier(of address: [UInt8]) -> ReceiverID {
        if let known = identifiers[address] { return known }
        let identifier = ReceiverID(nextIdentifier)
        nextIdentifier &+= 1
        identifiers[address] = identifier
        addresses[identifier] = address
        return identifier
    }

    /// Whether a receiver, when it last asked for chunks, asked for their proofs as well.
    func wantsProofs(_ receiver: ReceiverID) -> Bool { proofSeekers.contains(receiver) }

    mutating func note(_ receiver: ReceiverID, wantsProofs: Bool) {
        if wantsProofs { proofSeekers.insert(receiver) } else { proofSeekers.remove(receiver) }
    }

    mutating func forget(_ receiver: ReceiverID) {
        guard let address = addresses.removeValue(forKey: receiver) else { return }
        identifiers[address] = nil
        proofSeekers.remove(receiver)
    }
}
