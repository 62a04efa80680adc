import GossipSimulation
import Testing

@Suite struct OverlayGraphTests {
    /// 0 → 1 → 2, 3 → 2, and 4 ⇄ 5; 6 is not there, and 5 knows it.
    private let graph = OverlayGraph([[1], [2], [], [2], [5], [4, 6], nil])

    @Test func inDegreesCountTheViewsThatANodeIsIn() {
        #expect(graph.inDegrees == [0, 1, 2, 0, 1, 1, nil])
        #expect(graph.nodeCount == 6)
    }

    @Test func clustersHoldTogetherWhicheverWayTheArrowsPoint() {
        #expect(graph.clusterSizes == [4, 2])
        #expect(OverlayGraph([[2], [2], nil]).clusterSizes == [1, 1], "one that is not there joins nobody")
        #expect(OverlayGraph([]).clusterSizes == [])
    }

    @Test func spreadsAreOverAllNodes() {
        let spread = DegreeSpread([1, 3, 3, 5])
        #expect(spread?.mean == 3 && spread?.standardDeviation == 2.0.squareRoot())
        #expect(spread?.least == 1 && spread?.greatest == 5)
        #expect(DegreeSpread([]) == nil)
    }
}
