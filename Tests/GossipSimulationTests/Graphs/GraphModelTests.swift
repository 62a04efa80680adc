import GossipCore
import Testing

@testable import GossipSimulation

@Suite struct GraphModelTests {
    static let models: [GraphModel] = [
        .ring(degree: 2), .grid, .randomRegular(degree: 4), .smallWorld(degree: 4, rewire: 0.1), .scaleFree(degree: 4),
    ]

    @Test(arguments: models) func aRunsSeedGivesItsGraph(model: GraphModel) throws {
        try model.check(nodeCount: 40)
        let graph = model.graph(nodeCount: 40, seed: 3)
        #expect(graph == model.graph(nodeCount: 40, seed: 3))
        #expect(graph.nodeCount == 40 && graph.isConnected)
        let isDrawn = model != .grid && model != .ring(degree: 2)
        #expect((graph == model.graph(nodeCount: 40, seed: 4)) == !isDrawn)
    }

    @Test func whatIsNotThereIsRefusedWithWhatIs() {
        func message(_ model: GraphModel, _ nodeCount: Int = 100) -> String? {
            do throws(GraphError) {
                try model.check(nodeCount: nodeCount)
                return nil
            } catch {
                return error.description
            }
        }
        #expect(message(.ring(degree: 3)) == "a ring graph has an even degree, and 3 is odd; take 2 or 4")
        #expect(message(.ring(degree: 100)) == "a ring graph of degree 100 needs at least 101 nodes, and there are 100")
        #expect(message(.grid, 4) == "a grid graph of degree 4 needs at least 5 nodes, and there are 4")
        #expect(message(.smallWorld(degree: 2, rewire: 0.1))?.contains("must be at least 4") == true)
        #expect(
            message(.smallWorld(degree: 4, rewire: 1.5))
                == "the fraction of edges to rewire is 1.5; it must be from 0 to 1")
        #expect(message(.smallWorld(degree: 4, rewire: .nan))?.contains("from 0 to 1") == true)
        #expect(message(.scaleFree(degree: 0)) == "the degree is 0; it must be at least 1")
        #expect(message(.randomRegular(degree: 3), 7)?.contains("odd") == true)
    }

    /// With a fanout of all neighbours a chunk is at every node within c edges of the seed after c cycles, and nowhere
    /// else.
    @Test(arguments: models, [GossipStyle.push, .pull])
    func aChunkSpreadsAlongTheEdges(model: GraphModel, style: GossipStyle) {
        var parameters = rumour(style, nodes: 40, runs: 1)
        parameters.view = .graph(model)
        parameters.gossip.fanout = 39
        let distances = model.graph(nodeCount: 40, seed: 9).distances(from: 0).compactMap(\.self)
        let outcome = RunOutcome.of(parameters, seed: 9)
        let last = distances.max() ?? 0
        #expect(outcome.cycles == Cycle(last))
        #expect(outcome.chunksHeld == (0...last).map { cycle in UInt64(distances.count { $0 <= cycle }) - 1 })
        let events = SimulatedSwarm(SwarmSettings(parameters, seed: 9))
        #expect(events.runToCompletion(within: .seconds(200)) == Cycle(last))
    }

    @Test func memoryIsEstimatedWithTheGraph() {
        var parameters = rumour(.push, nodes: 1_000_000, runs: 1)
        let everyone = SynchronousSwarm.estimatedBytes(parameters)
        parameters.view = .graph(.randomRegular(degree: 10))
        // The graph has 10 ends of 4 bytes a node, and each node's peer set as many.
        #expect(SynchronousSwarm.estimatedBytes(parameters) > everyone + 1_000_000 * (40 + 40))
    }

    @Test func theGraphIsToldAfterAllOtherKeys() {
        var parameters = classic(view: .graph(.smallWorld(degree: 4, rewire: 0.25)), runs: 2)
        parameters.peers = 9
        let json = Simulation(parameters, workers: 1).run().json
        #expect(json.contains("\"view\": \"small-world\""))
        #expect(json.hasSuffix("\"separation\": \"strict\", \"degree\": 4, \"rewire\": 0.25}"))
        parameters.gossip.peerChoice = .leastRecentlyContacted
        parameters.view = .full
        #expect(
            Simulation(parameters, workers: 1).run().json
                .hasSuffix("\"separation\": \"strict\", \"peer_choice\": \"least-recently-contacted\"}"))
    }
}
