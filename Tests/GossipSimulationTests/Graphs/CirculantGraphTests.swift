import GossipCore
import Testing

@testable import GossipSimulation

@Suite struct CirculantGraphTests {
    @Test(arguments: [(3, 2), (6, 2), (6, 4), (7, 6), (100, 2), (101, 10)])
    func aRingJoinsTheNearest(nodeCount: Int, degree: Int) {
        let graph = CirculantGraph.ring(nodeCount: nodeCount, degree: degree)
        #expect(graph.isSimple && graph.isConnected)
        for node in 0..<nodeCount {
            let nearest = (1...degree / 2).flatMap { [(node + $0) % nodeCount, (node + nodeCount - $0) % nodeCount] }
            #expect(graph.neighbours(of: node).map { Int($0.rawValue) } == nearest.sorted())
        }
    }

    /// A lattice has 3 (d − 2) / (4 (d − 1)) of its triangles, and a mean path of about n / (2 d).
    @Test func aRingIsClusteredAndWide() {
        let graph = CirculantGraph.ring(nodeCount: 300, degree: 6)
        #expect(abs(graph.clustering - 0.6) < 1e-12)
        #expect(abs(graph.meanPathLength - 25.5) < 0.5)
    }

    @Test(arguments: Array(5...60) + [1_000, 1_001])
    func everyNodeOfAGridHasFourNeighbours(nodeCount: Int) {
        let graph = CirculantGraph.grid(nodeCount: nodeCount)
        #expect(graph.degrees == Array(repeating: 4, count: nodeCount))
        #expect(graph.isSimple && graph.isConnected)
    }

    /// On a wrapped grid of m × m, 4 r nodes are at distance r as long as r is below half of m; on a ring there would be
    /// as many at every distance.
    @Test func aGridGrowsAsASquare() {
        let distances = CirculantGraph.grid(nodeCount: 441).distances(from: 17).compactMap(\.self)
        for radius in 1...9 { #expect(distances.count { $0 == radius } == 4 * radius) }
        #expect(distances.max() == 20)
    }

    @Test func rowsAreAboutAsLongAsThereAreRows() {
        let lengths = [5, 8, 9, 15, 16, 1_000_000].map { CirculantGraph.rowLength(nodeCount: $0) }
        #expect(lengths == [2, 2, 3, 3, 4, 1_000])
    }
}
