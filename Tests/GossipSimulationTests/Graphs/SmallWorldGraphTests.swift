import GossipCore
import Testing

@testable import GossipSimulation

@Suite struct SmallWorldGraphTests {
    private func draw(_ nodeCount: Int, _ degree: Int, _ rewire: Double, seed: UInt64 = 1) -> PeerGraph {
        var generator = RandomGenerator(seed: seed)
        return SmallWorldGraph.draw(nodeCount: nodeCount, degree: degree, rewire: rewire, using: &generator)
    }

    @Test(arguments: [(5, 4, 0.5), (6, 4, 1.0), (20, 18, 0.3), (100, 4, 0.1), (100, 10, 1.0), (501, 6, 0.5)])
    func edgesAreAsManyAndEveryNodeKeepsItsHalf(nodeCount: Int, degree: Int, rewire: Double) {
        for seed in 0..<5 {
            let graph = draw(nodeCount, degree, rewire, seed: UInt64(seed))
            #expect(graph.isSimple && graph.isConnected)
            #expect(graph.edgeCount == nodeCount * degree / 2)
            #expect(graph.degrees.allSatisfy { $0 >= degree / 2 })
        }
    }

    @Test func unrewiredItIsTheRing() {
        #expect(draw(50, 6, 0) == CirculantGraph.ring(nodeCount: 50, degree: 6))
    }

    @Test func theSameSeedGivesTheSameGraph() {
        #expect(draw(60, 4, 0.2, seed: 3) == draw(60, 4, 0.2, seed: 3))
        #expect(draw(60, 4, 0.2, seed: 3) != draw(60, 4, 0.2, seed: 4))
    }

    /// With probability p an edge is rewired, to one of the n − 1 − d nodes that it did not lead to.
    @Test(arguments: [0.05, 0.3])
    func asManyEdgesAreRewiredAsTold(rewire: Double) {
        let ring = Set(CirculantGraph.ring(nodeCount: 1_000, degree: 6).edges)
        let kept = draw(1_000, 6, rewire).edges.count { ring.contains($0) }
        let expected = 3_000 * (1 - rewire)
        let deviation = (3_000 * rewire * (1 - rewire)).squareRoot()
        // An edge that is rewired may come to lie on another's old place.
        #expect(abs(Double(kept) - expected) < 4 * deviation + 3_000 * rewire * 6 / 1_000)
    }

    /// What the paper is about: a few rewired edges shorten the paths nearly to those of a random graph and leave the
    /// neighbourhoods nearly as clustered as on the ring, by (1 − p)³ (Barrat and Weigt, 2000).
    @Test func pathsAreShortAndNeighboursStillKnowEachOther() {
        let ring = CirculantGraph.ring(nodeCount: 300, degree: 6)
        let small = draw(300, 6, 0.1)
        let random = draw(300, 6, 1)
        #expect(abs(small.clustering - 0.6 * 0.729) < 0.06)
        #expect(random.clustering < 0.06)
        #expect(small.meanPathLength < 0.25 * ring.meanPathLength)
        #expect(small.meanPathLength < 1.8 * random.meanPathLength)
        #expect(small.meanPathLength > random.meanPathLength)
    }

    @Test func whoKnowsEveryoneKeepsTheEdge() {
        #expect(draw(5, 4, 1) == CirculantGraph.ring(nodeCount: 5, degree: 4))
    }

    @Test func chancesAreKept() {
        var generator = RandomGenerator(seed: 5)
        let counts = [0, 0.3, 1].map { probability in (0..<10_000).count { _ in generator.chance(probability) } }
        #expect(counts[0] == 0 && counts[2] == 10_000)
        #expect(abs(counts[1] - 3_000) < 4 * 46)
    }
}
