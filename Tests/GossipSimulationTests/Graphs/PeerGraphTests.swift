import GossipCore
import Testing

@testable import GossipSimulation

@Suite struct PeerGraphTests {
    private func graph(_ nodeCount: Int, _ edges: [(Int, Int)]) -> PeerGraph {
        PeerGraph(nodeCount: nodeCount) { body in for edge in edges { body(edge.0, edge.1) } }
    }

    @Test func neighboursAreMutualAndAscending() {
        let graph = graph(5, [(3, 0), (0, 1), (4, 3), (2, 0)])
        #expect((0..<5).map { graph.neighbours(of: $0).map(\.rawValue) } == [[1, 2, 3], [0], [0], [0, 4], [3]])
        #expect(graph.degrees == [3, 1, 1, 2, 1])
        #expect(graph.edgeCount == 4)
        #expect(graph.nodeCount == 5)
        #expect(graph.isSimple)
    }

    @Test func oneThatFallsApartIsNotConnected() {
        #expect(graph(4, [(0, 1), (1, 2), (2, 3)]).isConnected)
        #expect(!graph(4, [(0, 1), (2, 3)]).isConnected)
        #expect(!graph(3, [(1, 2)]).isConnected)
        #expect(graph(1, []).isConnected)
        #expect(graph(0, []).isConnected)
    }

    @Test func theOrderOfEdgesDoesNotMatter() {
        #expect(graph(3, [(0, 1), (1, 2)]) == graph(3, [(2, 1), (1, 0)]))
        #expect(graph(3, [(0, 1), (1, 2)]) != graph(3, [(0, 1), (0, 2)]))
    }

    @Test func loopsAndDoubleEdgesAreNoGraph() async {
        await #expect(processExitsWith: .failure) {
            _ = PeerGraph(nodeCount: 2) { $0(1, 1) }
        }
        await #expect(processExitsWith: .failure) {
            _ = PeerGraph(nodeCount: 2) { body in
                body(0, 1)
                body(1, 0)
            }
        }
    }

    /// The measures by which the tests tell graphs apart, on graphs whose measures are known.
    @Test func measuresAreThoseOfSmallGraphs() {
        let triangleWithTail = graph(4, [(0, 1), (1, 2), (2, 0), (2, 3)])
        #expect(abs(triangleWithTail.clustering - (1 + 1 + 1.0 / 3 + 0) / 4) < 1e-12)
        #expect(abs(triangleWithTail.meanPathLength - 16.0 / 12) < 1e-12)
        #expect(graph(3, [(0, 1)]).distances(from: 0) == [0, 1, nil])
    }
}
