import GossipCore

/// The nodes behind one node's peer numbers, as a shell over sockets keeps addresses.
///
/// A number is never given to another node, so one that is forgotten and learnt again has a new one.
struct NodeDirectory {
    private var identifiers: [Int: PeerID] = [:]
    private var nodes: [PeerID: Int] = [:]
    private var nextIdentifier: UInt32
    /// The nodes below have their own numbers, in no space, but for those that were forgotten.
    private let ownNumbers: Int
    private var forgotten: Set<Int> = []

    /// A directory in which the nodes below `count` have their own numbers.
    init(everyoneBelow count: Int = 0) {
        ownNumbers = count
        nextIdentifier = UInt32(count)
    }

    subscript(peer: PeerID) -> Int? {
        let node = Int(peer.rawValue)
        return hasOwnNumber(node) ? node : nodes[peer]
    }

    mutating func identifier(of node: Int) -> PeerID {
        if let known = knownIdentifier(of: node) { return known }
        let identifier = PeerID(nextIdentifier)
        nextIdentifier += 1
        identifiers[node] = identifier
        nodes[identifier] = node
        return identifier
    }

    func knownIdentifier(of node: Int) -> PeerID? {
        hasOwnNumber(node) ? PeerID(UInt32(node)) : identifiers[node]
    }

    private func hasOwnNumber(_ node: Int) -> Bool { node < ownNumbers && !forgotten.contains(node) }

    mutating func forget(_ peer: PeerID) {
        if hasOwnNumber(Int(peer.rawValue)) {
            forgotten.insert(Int(peer.rawValue))
            return
        }
        guard let node = nodes.removeValue(forKey: peer) else { return }
        identifiers[node] = nil
    }
}
