import GossipCore
import GossipWire

/// The addresses behind the core's peer numbers.
///
/// A number is never given to another address, so that what the core still knows of a forgotten peer cannot fall upon
/// a new one.
struct PeerDirectory {
    /// The node itself, which shuffles name like any other.
    static let own = PeerID(0)

    private var identifiers: [PeerReference: PeerID] = [:]
    private var references: [PeerID: PeerReference] = [:]
    private var nextIdentifier: UInt32 = 0
    private var sizeAfterCleaning = 0
    private var remembersOwn = false

    init() {}

    /// A directory that begins with the node itself, and never forgets it.
    init(own reference: PeerReference) {
        _ = identifier(of: reference)
        remembersOwn = true
    }

    subscript(peer: PeerID) -> PeerReference? { references[peer] }

    /// The number of an address, a new one where it has none.
    mutating func identifier(of reference: PeerReference) -> PeerID {
        if let known = identifiers[reference] { return known }
        let identifier = PeerID(nextIdentifier)
        nextIdentifier &+= 1
        identifiers[reference] = identifier
        references[identifier] = reference
        return identifier
    }

    mutating func forget(_ peer: PeerID) {
        guard !remembersOwn || peer != Self.own, let reference = references.removeValue(forKey: peer) else { return }
        identifiers[reference] = nil
    }

    /// Forgets the peers that are not wanted any longer, once they are many: answers of the tracker that the core did
    /// not keep.
    mutating func forget(allBut isWanted: (PeerID) -> Bool) {
        guard references.count > sizeAfterCleaning * 2 + 256 else { return }
        for peer in references.keys where !isWanted(peer) { forget(peer) }
        sizeAfterCleaning = references.count
    }
}
