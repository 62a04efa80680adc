import GossipCore

/// The nodes behind one node's peer numbers, as a shell over sockets keeps addresses.
///
/// A number is never given to another node, so one that is forgotten and learnt again has a new one.
struct NodeDirectory {
    private var identifiers: [Int: PeerID] = [:]
    private var nodes: [PeerID: Int] = [:]
    private var nextIdentifier: UInt32 = 0

    init() {}

    /// A directory in which the nodes up to `count` have their own numbers.
    init(everyoneBelow count: Int) {
        for node in 0..<count { _ = identifier(of: node) }
    }

    subscript(peer: PeerID) -> Int? { nodes[peer] }

    mutating func identifier(of node: Int) -> PeerID {
        if let known = identifiers[node] { return known }
        let identifier = PeerID(nextIdentifier)
        nextIdentifier += 1
        identifiers[node] = identifier
        nodes[identifier] = node
        return identifier
    }

    func knownIdentifier(of node: Int) -> PeerID? { identifiers[node] }

    mutating func forget(_ peer: PeerID) {
        guard let node = nodes.removeValue(forKey: peer) else { return }
        identifiers[node] = nil
    }
}
