import GossipCore
import Testing

@testable import GossipSimulation

@Suite struct SpreadingTheoryTests {
    private func swarm(
        _ style: GossipStyle, fanout: Int = 1, peers: Int = 5, seeds: Int = 1, chunks: UInt32 = 9
    ) -> SimulationParameters {
        var parameters = classic(style, view: .full)
        parameters.gossip.fanout = fanout
        (parameters.peers, parameters.seeds, parameters.chunks) = (peers, seeds, chunks)
        return parameters
    }

    /// chunks − 1 + ⌈log2 nodes⌉, as Mundinger, Weber and Weiss have it.
    @Test(arguments: [(1, 5, 3), (9, 5, 11), (9, 7, 11), (9, 8, 12), (1, 1, 1), (256, 63, 261)])
    func pushOfOnePartnerHasTheOptimumAsItsBound(chunks: UInt32, peers: Int, cycles: Int) {
        #expect(SpreadingTheory(swarm(.push, peers: peers, chunks: chunks)).leastCycles == cycles)
    }

    @Test func otherStylesHaveBoundsOfTheirOwn() {
        // Five leave with two a cycle, then three times as many hold the last: 1, 3, 9.
        #expect(SpreadingTheory(swarm(.push, fanout: 2)).leastCycles == 5 - 1 + 2)
        #expect(SpreadingTheory(swarm(.push, fanout: 2, peers: 4, seeds: 2)).leastCycles == 3 - 1 + 1)
        #expect(SpreadingTheory(swarm(.pull, fanout: 2)).leastCycles == 5)
        #expect(SpreadingTheory(swarm(.pushPull, fanout: 2)).leastCycles == 3)
        #expect(SpreadingTheory(swarm(.push, fanout: 65_535, peers: 1 << 29)).leastCycles == 2)
        #expect(SpreadingTheory(swarm(.pull, chunks: 0)).leastCycles == nil)
    }

    /// A bound that a run goes below is none.
    @Test(arguments: GossipStyle.allCases, [1, 2, 4])
    func noRunGoesBelowTheBound(style: GossipStyle, fanout: Int) throws {
        for chunks in [1, 2, 9] as [UInt32] {
            var parameters = swarm(style, fanout: fanout, chunks: chunks)
            parameters.runs = 100
            let least = try #require(SpreadingTheory(parameters).leastCycles)
            let statistics = try #require(Simulation(parameters, workers: 1).run().cycleStatistics)
            #expect(statistics.minimum >= Double(least))
        }
    }

    @Test func publishedTimesAreForTheirOwnModelOnly() throws {
        let push = try #require(SpreadingTheory(rumour(.push, nodes: 1_024, runs: 1)).rumourCycles)
        #expect(abs(push - 16.931) < 0.001)
        let both = try #require(SpreadingTheory(rumour(.pushPull, nodes: 729, runs: 1)).rumourCycles)
        #expect(abs(both - 6) < 1e-9)
        #expect(SpreadingTheory(swarm(.push)).rumourCycles == nil)
        #expect(SpreadingTheory(swarm(.push, fanout: 2, chunks: 1)).rumourCycles == nil)
        #expect(SpreadingTheory(classic(.push)).rumourCycles == nil)
        let interleave = try #require(SpreadingTheory(swarm(.pushPull, peers: 1_023, chunks: 64)).interleaveCycles)
        #expect(abs(interleave - 226.98) < 0.01)
        #expect(SpreadingTheory(swarm(.push)).interleaveCycles == nil)
        #expect(SpreadingTheory(classic(.pushPull)).interleaveCycles == nil)
    }
}
