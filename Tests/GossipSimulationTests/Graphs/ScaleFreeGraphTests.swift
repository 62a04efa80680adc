import GossipCore
import Testing

@testable import GossipSimulation

@Suite struct ScaleFreeGraphTests {
    private func draw(_ nodeCount: Int, _ degree: Int, seed: UInt64 = 1) -> PeerGraph {
        var generator = RandomGenerator(seed: seed)
        return ScaleFreeGraph.draw(nodeCount: nodeCount, degree: degree, using: &generator)
    }

    @Test(arguments: [(3, 2), (5, 4), (6, 4), (100, 2), (100, 10), (501, 4)])
    func everyNodeJoinedHalfTheDegree(nodeCount: Int, degree: Int) {
        for seed in 0..<5 {
            let graph = draw(nodeCount, degree, seed: UInt64(seed))
            let joined = degree / 2
            #expect(graph.isSimple && graph.isConnected)
            #expect(graph.edgeCount == joined * (joined + 1) / 2 + joined * (nodeCount - joined - 1))
            #expect(graph.degrees.allSatisfy { $0 >= joined })
        }
    }

    @Test func theSameSeedGivesTheSameGraph() {
        #expect(draw(60, 4, seed: 3) == draw(60, 4, seed: 3))
        #expect(draw(60, 4, seed: 3) != draw(60, 4, seed: 4))
    }

    /// P(degree ≥ k) tends to m (m + 1) / (k (k + 1)) (Dorogovtsev, Mendes and Samukhin, Phys. Rev. Lett. 85, 2000; Krapivsky,
    /// Redner and Leyvraz, same volume). Were nodes joined without preference, it would be (m / (m + 1))^(k − m): next
    /// to nothing at 30.
    @Test func theTailFallsAsASquare() {
        let nodeCount = 10_000
        let degrees = draw(nodeCount, 4).degrees
        for least in [3, 5, 10, 30] {
            let expected = Double(nodeCount) * 6 / Double(least * (least + 1))
            let found = Double(degrees.count { $0 >= least })
            #expect(abs(found - expected) < 4 * expected.squareRoot(), "degree \(least): \(found), not \(expected)")
        }
        #expect((degrees.max() ?? 0) > 100)
    }

    /// Nodes are numbered anew, so that node 0, the seed of a swarm, is any of them.
    @Test func theFirstNodeIsNoHub() {
        let draws = 300
        let mean = (0..<draws).reduce(0.0) { $0 + Double(draw(30, 4, seed: UInt64($1)).degree(of: 0)) } / Double(draws)
        #expect(abs(mean - 3.8) < 0.7)
    }
}
