import GossipCore
import Testing

@testable import GossipSimulation

@Suite struct SimulatedSwarmTests {
    private func settings(_ style: GossipStyle, seed: UInt64) -> SwarmSettings {
        SwarmSettings(classic(style, view: .full), seed: seed)
    }

    /// With a network that delivers at once, the events give the cycles that the synchronous model gives.
    @Test(arguments: GossipStyle.allCases)
    func withoutDelayCyclesAreThoseOfTheSynchronousModel(style: GossipStyle) throws {
        let runs = 250
        let synchronous = try #require(
            Simulation(classic(style, view: .full, runs: runs, seed: 11), workers: 2).run().cycleStatistics)
        let cycles = (0..<runs).compactMap { run in
            SimulatedSwarm(settings(style, seed: UInt64(run))).runToCompletion(within: .seconds(1_000))
        }
        let events = try #require(Statistics(cycles.map { Double($0) }))
        #expect(events.count == runs)
        let variances = [synchronous, events].map { $0.standardDeviation * $0.standardDeviation / Double(runs) }
        let error = (variances[0] + variances[1]).squareRoot()
        #expect(
            abs(synchronous.mean - events.mean) < 4 * error,
            "synchronous \(synchronous.mean), events \(events.mean), standard error \(error)")
    }

    @Test(arguments: GossipStyle.allCases, ChunkSelection.allCases)
    func aSwarmThatLearnsItsPeersFromTheTrackerCompletes(style: GossipStyle, selection: ChunkSelection) {
        var settings = SwarmSettings(classic(style, selection: selection), seed: 5)
        settings.conditions.delay = .milliseconds(5)
        settings.encodesMessages = true
        let swarm = SimulatedSwarm(settings)
        #expect(swarm.runToCompletion(within: .seconds(1_000)) != nil)
        #expect(swarm.violationText == nil)
        #expect(swarm.counts.useful == 45)
        #expect([swarm.counts.late, swarm.counts.corrupt, swarm.counts.refused] == [0, 0, 0])
    }

    @Test func theSameSettingsGiveTheSameRun() {
        func trace(seed: UInt64) -> [UInt64] {
            let swarm = SimulatedSwarm(settings(.pushPull, seed: seed))
            return [swarm.runToCompletion(within: .seconds(1_000)) ?? 0, swarm.world.trace.value]
        }
        #expect(trace(seed: 3) == trace(seed: 3))
        #expect(trace(seed: 3) != trace(seed: 4))
    }

    /// No question fails, so nobody notices but by the answers; the interval between announcements is 10 s.
    @Test(arguments: [(sample: 8, known: 6), (sample: 3, known: 3)])
    func aTrackerThatWasRestartedBetweenTwoQuestionsIsToldAtOnce(sample: Int, known: Int) {
        var settings = SwarmSettings(classic(.push, view: .tracker(sampleSize: sample)), seed: 5)
        settings.chunkCount = 64
        let swarm = SimulatedSwarm(settings)
        swarm.start()
        swarm.run(until: swarm.now + .milliseconds(4_500))
        #expect(swarm.tracker.memberCount == 6)
        swarm.tracker.stop()
        swarm.tracker.start()
        #expect(swarm.tracker.memberCount == 0)
        swarm.run(until: swarm.now + .milliseconds(2_100))
        // Of more members than a sample holds, those who are not named cannot tell.
        #expect((known...6).contains(swarm.tracker.memberCount))
        #expect(swarm.violationText == nil)
    }

    /// A chunk's bytes take their time on the uplink: pushed at the first tick, it comes in that cycle or in the next.
    @Test(arguments: [(rate: 20_128, arrival: 1_500, late: 0), (rate: 8_051, arrival: 2_250, late: 1)])
    func aSlowUplinkSetsThePace(rate: UInt64, arrival: UInt64, late: UInt64) throws {
        var settings = SwarmSettings(nodes: [NodeSettings(role: .seed), NodeSettings(role: .peer)])
        settings.gossip = GossipParameters(style: .push, fanout: 1, separation: .relaxed)
        settings.view = .full
        (settings.chunkCount, settings.chunkSize) = (1, 10_000)
        let swarm = SimulatedSwarm(settings)
        var pace = NodePace()
        pace.uplinkBytesPerSecond = rate
        swarm.world.network.setPace(pace, of: 0, at: swarm.now)
        #expect(swarm.runToCompletion(within: .seconds(100)) == arrival / 1_000)
        #expect(swarm.now.nanoseconds / 1_000_000 == arrival)
        #expect(swarm.counts.lateKept == late && swarm.counts.useful == 1 - late)
    }
}
