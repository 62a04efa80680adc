import GossipCore

/// The kinds of graphs in which nodes may know each other, with their parameters.
package enum GraphModel: Equatable, Sendable {
    /// The `degree` nearest neighbours on a ring.
    case ring(degree: Int)
    /// The four neighbours on a two-dimensional grid that is wrapped at its borders.
    case grid
    /// Any connected graph in which all have `degree` neighbours, with equal probability.
    case randomRegular(degree: Int)
    /// A ring of which the fraction `rewire` of the edges leads anywhere.
    case smallWorld(degree: Int, rewire: Double)
    /// One that grew by preferential attachment.
    case scaleFree(degree: Int)

    /// The stream of a run's random numbers that its graph is drawn from; no node has it.
    private static let stream = UInt64.max

    package var name: String {
        switch self {
        case .ring: "ring"
        case .grid: "grid"
        case .randomRegular: "random-regular"
        case .smallWorld: "small-world"
        case .scaleFree: "scale-free"
        }
    }

    /// The mean number of neighbours; of a scale-free graph, that of a large one.
    package var degree: Int {
        switch self {
        case .grid: 4
        case .ring(let degree), .randomRegular(let degree), .smallWorld(let degree, _), .scaleFree(let degree): degree
        }
    }

    /// Such as `small-world of degree 4, 0.1 rewired`.
    package var text: String {
        if case .smallWorld(_, let rewire) = self { return "\(name) of degree \(degree), \(rewire) rewired" }
        return "\(name) of degree \(degree)"
    }

    /// - Throws: `GraphError`, which says what would be right, where there is no such graph of so many nodes.
    package func check(nodeCount: Int) throws(GraphError) {
        switch self {
        case .randomRegular:
            try RandomRegularGraph.check(nodeCount: nodeCount, degree: degree)
            return
        case .ring, .scaleFree:
            try GraphLimit.checkEven(name, degree: degree)
        case .smallWorld(_, let rewire):
            try GraphLimit.checkEven(name, degree: degree)
            guard degree >= 4 else {
                throw GraphError("a small-world graph of degree \(degree) falls apart; the degree must be at least 4")
            }
            guard (0...1).contains(rewire) else {
                throw GraphError("the fraction of edges to rewire is \(rewire); it must be from 0 to 1")
            }
        case .grid: break
        }
        try GraphLimit.check(name, nodeCount: nodeCount, degree: degree)
    }

    /// The graph of a run.
    /// - Parameters:
    ///   - nodeCount: one for which `check` throws nothing.
    ///   - seed: of the run; equal seeds give equal graphs.
    package func graph(nodeCount: Int, seed: UInt64) -> PeerGraph {
        precondition((try? check(nodeCount: nodeCount)) != nil, "there is no such graph")
        var generator = RandomGenerator(seed: seed, stream: Self.stream)
        switch self {
        case .ring(let degree):
            return CirculantGraph.ring(nodeCount: nodeCount, degree: degree)
        case .grid:
            return CirculantGraph.grid(nodeCount: nodeCount)
        case .randomRegular(let degree):
            return RandomRegularGraph.draw(nodeCount: nodeCount, degree: degree, using: &generator)
        case .smallWorld(let degree, let rewire):
            return SmallWorldGraph.draw(nodeCount: nodeCount, degree: degree, rewire: rewire, using: &generator)
        case .scaleFree(let degree):
            return ScaleFreeGraph.draw(nodeCount: nodeCount, degree: degree, using: &generator)
        }
    }

    /// About what a node adds to the memory that a run takes while its graph is made, in bytes.
    var estimatedBytesPerNode: UInt64 {
        // The graph's array of ends, and what the generator works on, at most twice as much; the places of the node.
        let graph = 3 * 4 * UInt64(degree) + 16
        // Its own peer set, with a header and rounded up.
        return graph + 48 + 4 * UInt64(degree)
    }
}
