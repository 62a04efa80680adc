import GossipCore

/// A ring lattice of which some edges lead anywhere.
///
/// Source: Watts and Strogatz, *Collective dynamics of "small-world" networks*, Nature 393 (1998): every edge keeps its
/// one end, and with a probability the other end is drawn anew, uniformly among the nodes that this makes neither a
/// loop nor a double edge with. One that falls apart is drawn anew, which from degree 4 on is rare.
struct SmallWorldGraph {
    /// Draws from all nodes before the few that are left are looked for.
    private static let patience = 64

    private let nodeCount: Int
    /// Edges that a node keeps its end of.
    private let half: Int
    /// The other ends, those of node v from v · half on.
    private var targets: [UInt32]

    /// - Parameters:
    ///   - degree: the mean number of neighbours; even, at least 4, below `nodeCount`.
    ///   - rewire: the probability that an edge leads anywhere, from 0 to 1.
    static func draw(
        nodeCount: Int, degree: Int, rewire: Double, using generator: inout RandomGenerator
    ) -> PeerGraph {
        while true {
            var lattice = SmallWorldGraph(nodeCount: nodeCount, half: degree / 2)
            lattice.rewire(rewire, using: &generator)
            let graph = lattice.graph
            if graph.isConnected { return graph }
        }
    }

    private init(nodeCount: Int, half: Int) {
        self.nodeCount = nodeCount
        self.half = half
        targets = (0..<nodeCount * half).map { UInt32(($0 / half + $0 % half + 1) % nodeCount) }
    }

    private var graph: PeerGraph {
        PeerGraph(nodeCount: nodeCount) { body in
            for edge in targets.indices { body(edge / half, Int(targets[edge])) }
        }
    }

    /// The nearest neighbours' edges first, as in the paper.
    private mutating func rewire(_ probability: Double, using generator: inout RandomGenerator) {
        for distance in 0..<half {
            for node in 0..<nodeCount where generator.chance(probability) {
                if let stranger = drawStranger(to: node, using: &generator) {
                    targets[node * half + distance] = UInt32(stranger)
                }
            }
        }
    }

    /// A node that this one does not neighbour; nil where it neighbours all.
    private func drawStranger(to node: Int, using generator: inout RandomGenerator) -> Int? {
        for _ in 0..<Self.patience {
            let drawn = generator.index(below: nodeCount)
            if isStranger(drawn, to: node) { return drawn }
        }
        let strangers = (0..<nodeCount).filter { isStranger($0, to: node) }
        return strangers.isEmpty ? nil : strangers[generator.index(below: strangers.count)]
    }

    private func isStranger(_ other: Int, to node: Int) -> Bool {
        other != node && !owns(node, edgeTo: other) && !owns(other, edgeTo: node)
    }

    private func owns(_ node: Int, edgeTo other: Int) -> Bool {
        targets[node * half..<(node + 1) * half].contains(UInt32(other))
    }
}

extension RandomGenerator {
    /// True with a probability, from 0 (never) to 1 (always).
    mutating func chance(_ probability: Double) -> Bool {
        Double(next() >> 11) < probability * 0x1p53
    }
}
