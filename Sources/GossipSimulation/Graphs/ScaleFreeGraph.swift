import GossipCore

/// A graph that grew: whoever came later joined nodes that many had joined already.
///
/// Source: Barabási and Albert, *Emergence of scaling in random networks*, Science 286 (1999): every new node is joined
/// to m others, each drawn with a probability in proportion to its neighbours so far; P(degree ≥ k) falls as k⁻². It
/// begins with m + 1 nodes that all know each other, and is connected by its growth. At last the nodes are numbered
/// anew, at random, so that the seed is any of them and not the oldest hub.
enum ScaleFreeGraph {
    /// - Parameter degree: twice m, the mean number of neighbours of a large graph; even, at least 2, below `nodeCount`.
    static func draw(nodeCount: Int, degree: Int, using generator: inout RandomGenerator) -> PeerGraph {
        let joined = degree / 2
        // Both ends of every edge: a node stands there as often as it has neighbours.
        var ends: [UInt32] = []
        ends.reserveCapacity(nodeCount * degree)
        for node in 0...joined {
            for other in 0..<node { ends += [UInt32(node), UInt32(other)] }
        }
        for node in (joined + 1)..<nodeCount {
            let first = ends.count
            while ends.count < first + 2 * joined {
                let drawn = ends[generator.index(below: first)]
                let isNew = !stride(from: first, to: ends.count, by: 2).contains { ends[$0 + 1] == drawn }
                if isNew { ends += [UInt32(node), drawn] }
            }
        }
        let numbers = generator.distinctIndices(nodeCount, below: nodeCount)
        return PeerGraph(nodeCount: nodeCount) { body in
            for edge in stride(from: 0, to: ends.count, by: 2) {
                body(numbers[Int(ends[edge])], numbers[Int(ends[edge + 1])])
            }
        }
    }
}
