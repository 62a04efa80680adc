import GossipCore

/// A swarm within one process, in which letters arrive at once: node 0 is the seed.
struct LoopbackSwarm {
    private(set) var nodes: [LoopbackNode]
    /// What becomes of a letter on its way.
    var line: (Letter) -> Letter = { $0 }

    init(file: [UInt8], peerCount: UInt32) {
        let chunks = Dictionary(uniqueKeysWithValues: file.enumerated().map { (ChunkID($0), [$1]) })
        nodes = (0...peerCount).map { index in
            LoopbackNode(
                PeerID(index), holding: index == 0 ? chunks : [:], of: UInt32(file.count),
                neighbours: .everyone(count: peerCount + 1, except: PeerID(index)),
                isValid: { chunk, bytes in bytes == chunks[chunk] })
        }
    }

    /// Runs until every node is complete.
    /// - Returns: the cycle in which that was so; nil where it took more than `limit`.
    mutating func run(limit: Cycle) -> Cycle? {
        for cycle in 1...limit {
            var letters: [Letter] = []
            for index in nodes.indices { nodes[index].startCycle(cycle, sending: &letters) }
            while !letters.isEmpty {
                let letter = line(letters.removeFirst())
                nodes[Int(letter.to.rawValue)].receive(letter, sending: &letters)
            }
            if nodes.allSatisfy(\.isComplete) { return cycle }
        }
        return nil
    }
}
