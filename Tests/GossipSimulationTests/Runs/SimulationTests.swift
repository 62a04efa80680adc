import GossipCore
import Testing

@testable import GossipSimulation

@Suite struct SimulationTests {
    @Test(arguments: GossipStyle.allCases, ChunkSelection.allCases)
    func everyRunCompletesAndCountsAddUp(style: GossipStyle, selection: ChunkSelection) {
        let result = Simulation(classic(style, selection: selection, runs: 20), workers: 1).run()
        let counts = result.totals
        #expect(result.cycles.count == 20)
        #expect(counts.useful == 20 * 45)
        #expect(counts.sent == counts.useful + counts.redundant + counts.missed)
        #expect([counts.late, counts.corrupt, counts.early, counts.refused, counts.undelivered] == [0, 0, 0, 0, 0])
        #expect(result.curve.first == 0 && result.curve.last == 1)
        #expect(zip(result.curve, result.curve.dropFirst()).allSatisfy { $0 <= $1 })
    }

    @Test func theSameSeedGivesTheSameBytes() {
        let parameters = classic(runs: 30, seed: 7)
        let bytes = Simulation(parameters, workers: 1).run().json
        #expect(bytes == Simulation(parameters, workers: 1).run().json)
        #expect(bytes == Simulation(parameters, workers: 2).run().json)
        var other = parameters
        other.seed = 8
        #expect(bytes != Simulation(other, workers: 1).run().json)
    }

    /// Many shards, each worked on by any core.
    @Test(arguments: [PeerView.full, .tracker(sampleSize: 3)], ChunkSelection.allCases)
    func coresDoNotChangeALargeRun(view: PeerView, selection: ChunkSelection) {
        var parameters = classic(selection: selection, view: view, seed: 3)
        (parameters.peers, parameters.chunks) = (300, 3)
        func trace(seed: UInt64, workers: Int) -> [UInt64] {
            var swarm = SynchronousSwarm(parameters, seed: seed, workers: workers, shardSize: 16)
            return (0..<6).map { _ in
                swarm.runCycle()
                return swarm.trace &+ swarm.chunksHeld
            }
        }
        let one = trace(seed: 5, workers: 1)
        #expect(one == trace(seed: 5, workers: 2))
        #expect(one != trace(seed: 6, workers: 2))
    }

    /// Pinned, so that no later change alters what a seed gives without being noticed.
    @Test func goldenOutcome() {
        let result = Simulation(classic(.push, runs: 100, seed: 7), workers: 2).run()
        #expect(result.traceHash == Self.golden.hash)
        #expect(result.cycleStatistics?.mean == Self.golden.meanCycles)
    }

    private static let golden = (hash: "33852637efdf18f7", meanCycles: 30.09)

    @Test func aRunThatIsGivenUpIsNotAmongTheCompleted() {
        var parameters = classic(.push, runs: 20)
        parameters.cycleLimit = 15
        let result = Simulation(parameters, workers: 1).run()
        #expect(result.runs == 20)
        #expect(result.cycles.count < 20)
        #expect(result.cycles.allSatisfy { $0 <= 15 })
        #expect(result.curve.count == 16)
        #expect((result.curve.last ?? 1) < 1)
    }

    @Test func anEmptyFileIsCompleteAtOnce() {
        var parameters = classic()
        parameters.chunks = 0
        let result = Simulation(parameters, workers: 1).run()
        #expect(result.cycles == [0])
        #expect(result.curve == [1])
    }

    /// Finished runs stay in the mean as they ended.
    @Test func theCurveIsTheMeanOverAllRuns() {
        let parameters = classic(.pull, runs: 40, seed: 2)
        var generator = RandomGenerator(seed: 2)
        let outcomes = (0..<40).map { _ in RunOutcome.of(parameters, seed: generator.next()) }
        let longest = outcomes.map(\.chunksHeld.count).max() ?? 0
        let expected = (0..<longest).map { cycle in
            outcomes.map { Double($0.chunksHeld[min(cycle, $0.chunksHeld.count - 1)]) / 45 }.reduce(0, +) / 40
        }
        let curve = Simulation(parameters, workers: 2).run().curve
        #expect(curve.count == longest)
        #expect(zip(curve, expected).allSatisfy { abs($0 - $1) < 1e-12 })
    }
}
