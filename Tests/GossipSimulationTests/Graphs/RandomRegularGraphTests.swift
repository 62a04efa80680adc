import GossipCore
import Testing

@testable import GossipSimulation

@Suite struct RandomRegularGraphTests {
    private func draw(_ nodeCount: Int, _ degree: Int, seed: UInt64 = 1) -> PeerGraph {
        var generator = RandomGenerator(seed: seed)
        return RandomRegularGraph.draw(nodeCount: nodeCount, degree: degree, using: &generator)
    }

    @Test(arguments: [
        (2, 1), (3, 2), (4, 3), (5, 4), (6, 5), (7, 2), (8, 3), (8, 5), (9, 6), (20, 18), (21, 12), (101, 4), (100, 5),
        (300, 5), (90, 31), (201, 2),
    ])
    func everyNodeHasTheDegree(nodeCount: Int, degree: Int) {
        for seed in 0..<3 {
            let graph = draw(nodeCount, degree, seed: UInt64(seed))
            #expect(graph.degrees == Array(repeating: degree, count: nodeCount))
            #expect(graph.isSimple)
            #expect(graph.isConnected)
        }
    }

    @Test func theSameSeedGivesTheSameGraph() {
        #expect(draw(100, 5, seed: 3) == draw(100, 5, seed: 3))
        #expect(draw(100, 5, seed: 3) != draw(100, 5, seed: 4))
    }

    /// Pinned, so that no later change alters what a seed gives without being noticed.
    @Test func goldenGraph() {
        #expect(draw(8, 3, seed: 7).edges == Self.golden)
    }

    private static let golden = [
        [0, 1], [0, 2], [0, 4], [1, 5], [1, 7], [2, 4], [2, 6], [3, 4], [3, 6], [3, 7], [5, 6], [5, 7],
    ]

    /// There are 70 graphs of degree 3 on 6 labelled nodes: 10 times two threes joined throughout, 60 prisms. There are
    /// 465 of degree 4 on 7, the complements of rings of seven and of a ring of three beside one of four.
    @Test(arguments: [(6, 3, 70), (7, 4, 465)])
    func smallGraphsAreUniform(nodeCount: Int, degree: Int, count: Int) {
        let all = Self.enumerate(nodeCount: nodeCount, degree: degree)
        #expect(all.count == count)
        let isFair = isUniform(all, nodeCount, degree)
        #expect(isFair)
    }

    /// Connected ones are alone drawn: of the 19,355 graphs of degree 3 on 8 nodes, 35 are two of four. Of degree 2 on 6
    /// nodes there are 60 rings, and 10 pairs of triangles.
    @Test func ringsAreUniform() {
        let all = Self.enumerate(nodeCount: 6, degree: 2)
        #expect(all.count == 70)
        let rings = all.filter { edges in
            PeerGraph(nodeCount: 6) { body in for edge in edges { body(edge[0], edge[1]) } }.isConnected
        }
        #expect(rings.count == 60)
        let isFair = isUniform(rings, 6, 2)
        #expect(isFair)
        let seesWhatIsNeverDrawn = !isUniform(all, 6, 2)
        #expect(seesWhatIsNeverDrawn)
    }

    /// A large graph is locally a tree: it has as many triangles as theory says, (d − 1)³ / 6 (Bollobás 1980).
    @Test func trianglesAreAsMany() {
        let draws = 60
        let degree = 5
        let triangles = (0..<draws).reduce(0.0) { sum, seed in
            let graph = draw(400, degree, seed: UInt64(seed))
            // Each triangle is one of the d (d − 1) / 2 pairs at each of its three nodes.
            return sum + graph.clustering * 400 * Double(degree * (degree - 1)) / 2 / 3
        }
        let expected = 64.0 / 6
        // Poisson: four standard errors, and a little for the finite size.
        #expect(abs(triangles / Double(draws) - expected) < 4 * (expected / Double(draws)).squareRoot() + 0.3)
    }

    @Test func impossibleGraphsAreRefusedWithWhatIsPossible() {
        func message(_ nodeCount: Int, _ degree: Int) -> String? {
            do throws(GraphError) {
                try RandomRegularGraph.check(nodeCount: nodeCount, degree: degree)
                return nil
            } catch {
                return error.description
            }
        }
        #expect(
            message(101, 5)
                == "no random-regular graph has degree 5 and 101 nodes, for 5 × 101 is odd; take the degree 4 or 6, "
                + "or 100 or 102 nodes")
        #expect(
            message(5, 5) == "a random-regular graph of degree 5 needs at least 6 nodes, and there are 5")
        #expect(message(9, 0) == "the degree is 0; it must be at least 1")
        #expect(message(4, 1)?.contains("at least 2") == true)
        #expect(message(2, 1) == nil)
        #expect(message(1_000_000, 5_000)?.contains("up to 4294") == true)
        #expect(message(1_000_000, 5) == nil)
    }

    /// Whether every one of the graphs is drawn equally often, and nothing else.
    private func isUniform(_ graphs: [[[Int]]], _ nodeCount: Int, _ degree: Int) -> Bool {
        let places = Dictionary(uniqueKeysWithValues: graphs.enumerated().map { ($1, $0) })
        var generator = RandomGenerator(seed: 11)
        let draws = 60 * graphs.count
        var counts = [Int](repeating: 0, count: graphs.count)
        for _ in 0..<draws {
            let graph = RandomRegularGraph.draw(nodeCount: nodeCount, degree: degree, using: &generator)
            guard let place = places[graph.edges] else { return false }
            counts[place] += 1
        }
        let statistic = counts.reduce(0.0) { $0 + (Double($1) - 60) * (Double($1) - 60) / 60 }
        // Four standard deviations of chi-square, which is close to normal with so many degrees of freedom.
        let freedom = Double(graphs.count - 1)
        return abs(statistic - freedom) < 4 * (2 * freedom).squareRoot()
    }

    /// Every simple graph of a degree, by filling one node after the other.
    private static func enumerate(nodeCount: Int, degree: Int) -> [[[Int]]] {
        let pairs = (0..<nodeCount).flatMap { one in (one + 1..<nodeCount).map { [one, $0] } }
        var found: [[[Int]]] = []
        func extend(_ edges: [[Int]], _ degrees: [Int], from place: Int) {
            if edges.count == nodeCount * degree / 2 {
                found.append(edges)
                return
            }
            for next in place..<pairs.count where pairs[next].allSatisfy({ degrees[$0] < degree }) {
                // No node before this pair's first can still be filled.
                guard degrees[..<pairs[next][0]].allSatisfy({ $0 == degree }) else { return }
                var fuller = degrees
                for node in pairs[next] { fuller[node] += 1 }
                extend(edges + [pairs[next]], fuller, from: next + 1)
            }
        }
        extend([], Array(repeating: 0, count: nodeCount), from: 0)
        return found
    }
}
