import GossipCore

/// A graph drawn uniformly from the connected ones in which every node has the same number of neighbours.
package enum RandomRegularGraph {
    /// - Throws: `GraphError` where no such graph exists.
    package static func check(nodeCount: Int, degree: Int) throws(GraphError) {
        try GraphLimit.check("random-regular", nodeCount: nodeCount, degree: degree)
        if degree == 1, nodeCount > 2 {
            throw GraphError("a random-regular graph of degree 1 leaves pairs apart; the degree must be at least 2")
        }
        if degree % 2 == 1, nodeCount % 2 == 1 {
            throw GraphError(
                "no random-regular graph has degree \(degree) and \(nodeCount) nodes, for \(degree) × \(nodeCount) is "
                    + "odd; take the degree \(degree - 1) or \(degree + 1), "
                    + "or \(nodeCount - 1) or \(nodeCount + 1) nodes")
        }
    }

    /// Draws the graph.
    ///
    /// One that falls apart is drawn anew, which is rare from degree 3 on; of degree 2 the connected ones are the rings,
    /// and one of them is drawn at once.
    /// - Parameters:
    ///   - nodeCount: above `degree`; their product is even.
    ///   - degree: at least 2, or 1 for two nodes.
    package static func draw(nodeCount: Int, degree: Int, using generator: inout RandomGenerator) -> PeerGraph {
        precondition((try? check(nodeCount: nodeCount, degree: degree)) != nil, "there is no such graph")
        if degree == 2 { return shuffledRing(nodeCount: nodeCount, using: &generator) }
        while true {
            let graph = drawPerhapsApart(nodeCount: nodeCount, degree: degree, using: &generator)
            if graph.isConnected { return graph }
        }
    }

    /// A dense graph is what a sparse one leaves out: where most edges exist, there is little room to draw in.
    private static func drawPerhapsApart(
        nodeCount: Int, degree: Int, using generator: inout RandomGenerator
    ) -> PeerGraph {
        let isDense = 2 * degree > nodeCount - 1
        var pairing = StubPairing(nodeCount: nodeCount, degree: isDense ? nodeCount - 1 - degree : degree)
        pairing.shuffle(using: &generator)
        return isDense ? complement(of: pairing.graph) : pairing.graph
    }

    private static func complement(of graph: PeerGraph) -> PeerGraph {
        PeerGraph(nodeCount: graph.nodeCount) { body in
            for node in 0..<graph.nodeCount {
                var absent = graph.neighbours(of: node)
                for other in 0..<node {
                    if absent.first.map({ Int($0.rawValue) }) == other {
                        absent.removeFirst()
                    } else {
                        body(other, node)
                    }
                }
            }
        }
    }

    private static func shuffledRing(nodeCount: Int, using generator: inout RandomGenerator) -> PeerGraph {
        let order = generator.distinctIndices(nodeCount, below: nodeCount)
        return PeerGraph(nodeCount: nodeCount) { body in
            for place in order.indices { body(order[place], order[(place + 1) % nodeCount]) }
        }
    }
}
