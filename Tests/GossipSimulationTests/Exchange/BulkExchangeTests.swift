import GossipCore
import Testing

@testable import GossipSimulation

/// Swarms that exchange in bulk, with every step checked.
@Suite struct BulkExchangeTests {
    /// Equal uplinks and downlinks that carry `slots` chunks a cycle.
    private func swarm(
        peers: Int, chunks: UInt32, slots: UInt64 = 10, fanout: Int = 4, separation: Separation = .relaxed,
        seed: UInt64 = 1, change: (inout SwarmSettings) -> Void = { _ in }
    ) -> SimulatedSwarm {
        let peers = Array(repeating: NodeSettings(role: .peer), count: peers)
        var settings = SwarmSettings(nodes: [NodeSettings(role: .seed)] + peers)
        settings.seed = seed
        settings.gossip = GossipParameters(
            style: .pushPull, fanout: fanout, chunkSelection: .rarestFirst, separation: separation)
        (settings.chunkCount, settings.chunkSize) = (chunks, 1_000_000)
        settings.view = .full
        settings.conditions.delay = .milliseconds(1)
        settings.exchange = ExchangeParameters()
        change(&settings)
        let swarm = SimulatedSwarm(settings)
        var pace = NodePace()
        pace.uplinkBytesPerSecond = slots * UInt64(settings.chunkSize + Packet.overhead)
        pace.downlinkBytesPerSecond = pace.uplinkBytesPerSecond
        for node in settings.nodes.indices { swarm.world.network.setPace(pace, of: node, at: swarm.now) }
        return swarm
    }

    /// Chunks that a node sent, in files.
    private func copiesSent(_ swarm: SimulatedSwarm) -> Double {
        Double(swarm.nodes.reduce(0) { $0 + ($1?.chunksServed ?? 0) }) / Double(swarm.world.settings.chunkCount)
    }

    /// The optimum is (chunks + log2 nodes) slots: Mundinger, Weber and Weiss, *Optimal scheduling of peer-to-peer file
    /// dissemination*, J. Scheduling 11 (2008), theorem 1.
    @Test(arguments: [(peers: 5, over: 1.05), (peers: 15, over: 1.08), (peers: 31, over: 1.1)])
    func aSwarmIsNearTheOptimum(peers: Int, over: Double) throws {
        for seed in UInt64(1)...3 {
            let swarm = swarm(peers: peers, chunks: 256, seed: seed)
            let cycles = try #require(swarm.runToCompletion(within: .seconds(200)))
            #expect(swarm.violationText == nil)
            let optimum = (256 + log2(of: peers + 1)) / 10
            #expect(
                Double(cycles) <= (optimum * over).rounded(.up), "seed \(seed): \(cycles) cycles, optimum \(optimum)")
            #expect(copiesSent(swarm) == Double(peers), "no chunk comes twice")
            let counts = swarm.counts
            #expect(counts.useful + counts.lateKept == UInt64(peers * 256))
            #expect([counts.redundant, counts.corrupt, counts.missed, counts.unanswered] == [0, 0, 0, 0])
        }
    }

    /// Where cycles are kept apart a chunk waits for the next tick at each node, and few are lost at ticks.
    @Test(arguments: [(peers: 5, over: 1.12), (peers: 15, over: 1.15)])
    func aStrictSwarmIsNearTheOptimumToo(peers: Int, over: Double) throws {
        for seed in UInt64(1)...2 {
            let swarm = swarm(peers: peers, chunks: 256, slots: 5, separation: .strict, seed: seed)
            let cycles = try #require(swarm.runToCompletion(within: .seconds(400)))
            #expect(swarm.violationText == nil)
            let optimum = (256 + log2(of: peers + 1)) / 5
            #expect(
                Double(cycles) <= (optimum * over).rounded(.up), "seed \(seed): \(cycles) cycles, optimum \(optimum)")
            let counts = swarm.counts
            #expect(counts.useful == UInt64(peers * 256) && counts.lateKept == 0)
            #expect(counts.late * 20 < counts.useful, "\(counts.late) chunks came after their cycle")
        }
    }

    /// A clock that begins with cycles of half a chunk: with strict separation nothing could ever come in one of them.
    @Test(arguments: Separation.allCases) func aClockThatChoosesMakesCyclesLongEnough(separation: Separation) throws {
        func swarm(chooses: Bool) -> SimulatedSwarm {
            self.swarm(peers: 7, chunks: 150, slots: 5, separation: separation) {
                $0.interval = .milliseconds(100)
                $0.choosesInterval = chooses
                // As nodes over sockets have them: a chunk that takes longer than a cycle is no silence.
                $0.exchange?.windowTime = .milliseconds(100)
                $0.exchange?.patience = .seconds(5)
            }
        }
        let chosen = swarm(chooses: true)
        _ = try #require(chosen.runToCompletion(within: .seconds(400)))
        #expect(chosen.violationText == nil)
        #expect(chosen.tracker.interval == .seconds(2), "eight chunks take 1.6 s")
        let fixed = swarm(chooses: false)
        _ = fixed.runToCompletion(within: .seconds(400))
        #expect(fixed.tracker.interval == .milliseconds(100))
        #expect(fixed.isComplete == (separation == .relaxed) && chosen.now < fixed.now)
    }

    private func log2(of nodes: Int) -> Double { Double(Int.bitWidth - (nodes - 1).leadingZeroBitCount) }

    @Test(arguments: ChunkSelection.ofWholeChunks, Separation.allCases)
    func everySelectionAndSeparationCompletes(selection: ChunkSelection, separation: Separation) {
        let swarm = swarm(peers: 7, chunks: 65, separation: separation) { $0.gossip.chunkSelection = selection }
        #expect(swarm.runToCompletion(within: .seconds(400)) != nil)
        #expect(swarm.violationText == nil)
    }

    @Test func aSeedGivesEveryChunkAwayAboutOnce() throws {
        let swarm = swarm(peers: 15, chunks: 256)
        _ = try #require(swarm.runToCompletion(within: .seconds(200)))
        let served = try #require(swarm.nodes[0]).chunksServed
        #expect((256...300).contains(served), "\(served) chunks of 256")
    }

    @Test func oneReceiverIsAsFastAsItsLine() throws {
        let swarm = swarm(peers: 1, chunks: 300)
        #expect(try #require(swarm.runToCompletion(within: .seconds(100))) <= 31)
    }

    @Test func messagesThatAreLostAreMadeUpFor() throws {
        let swarm = swarm(peers: 7, chunks: 100) { $0.conditions.lossPermille = 100 }
        _ = try #require(swarm.runToCompletion(within: .seconds(400)))
        #expect(swarm.violationText == nil)
    }

    /// Partners leave the view while chunks of theirs are on their way; nobody forgets whom it still downloads from.
    @Test(arguments: Separation.allCases, [4, 32]) func viewsMayChangeMeanwhile(separation: Separation, memory: Int) {
        let swarm = swarm(peers: 15, chunks: 100, separation: separation) {
            $0.view = .cyclon(sampleSize: 3)
            $0.gossip.peerSampling = .cyclon(viewSize: 4, shuffleLength: 3)
            $0.exchange?.memoryLimit = memory
        }
        #expect(swarm.runToCompletion(within: .seconds(400)) != nil)
        #expect(swarm.violationText == nil)
        #expect(swarm.counts.undelivered == 0)
        for case let node? in swarm.nodes {
            #expect(node.links.count <= 4 + memory + 16, "links of former neighbours are closed: \(node.links.count)")
        }
    }

    @Test func aSlowPeerDoesNotSlowTheOthers() throws {
        func lastCycle(slowUplink: UInt64?) throws -> Cycle {
            let swarm = swarm(peers: 10, chunks: 200)
            if let slowUplink {
                var pace = swarm.world.network.paces[1]
                pace.uplinkBytesPerSecond = slowUplink
                swarm.world.network.setPace(pace, of: 1, at: swarm.now)
            }
            return try #require(swarm.runToCompletion(within: .seconds(400)))
        }
        let fast = try lastCycle(slowUplink: nil)
        // A chunk takes it five cycles, in place of a tenth of one.
        let slow = try lastCycle(slowUplink: 200_000)
        #expect(slow <= fast + 5, "\(fast) cycles, and \(slow) with a slow peer")
    }

    @Test func theSameSettingsGiveTheSameRun() {
        func trace(seed: UInt64) -> UInt64 {
            let swarm = swarm(peers: 7, chunks: 40, seed: seed)
            _ = swarm.runToCompletion(within: .seconds(100))
            return swarm.world.trace.value
        }
        #expect(trace(seed: 3) == trace(seed: 3))
        #expect(trace(seed: 3) != trace(seed: 4))
    }
}
