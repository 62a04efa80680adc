import GossipCore
import Testing

@testable import GossipSimulation

/// Torrents spread over views that shuffles renew.
@Suite struct CyclonSimulationTests {
    private func parameters(peers: Int = 60, runs: Int = 2) -> SimulationParameters {
        var parameters = SimulationParameters()
        parameters.peers = peers
        parameters.gossip.peerSampling = .cyclon
        parameters.view = .cyclon(sampleSize: 3)
        parameters.runs = runs
        parameters.seed = 5
        parameters.cycleLimit = 500
        return parameters
    }

    @Test(arguments: GossipStyle.allCases) func everyPeerCompletes(style: GossipStyle) {
        var parameters = parameters()
        parameters.gossip.style = style
        let result = Simulation(parameters, workers: 2).run()
        #expect(result.cycles.count == 2)
        #expect(result.totals.useful == 2 * 60 * 9)
        let alone = Simulation(parameters, workers: 1).run()
        #expect(alone.json == result.json)
        #expect(result.json.contains(#""view": "cyclon""#) && result.json.contains(#""view_size": 20"#))
    }

    /// Whoever leaves the view leaves the record of contacts, or there would be more of them than peers.
    @Test(arguments: [ChunkSelection.random, .rarestFirst, .coded])
    func contactsAreForgottenWithTheView(selection: ChunkSelection) {
        var parameters = parameters()
        parameters.gossip.peerSampling = .cyclon(viewSize: 4, shuffleLength: 3)
        parameters.gossip.peerChoice = .leastRecentlyContacted
        parameters.gossip.chunkSelection = selection
        #expect(Simulation(parameters, workers: 2).run().cycles.count == 2)
        parameters.network = NetworkParameters()
        parameters.network?.conditions.lossPermille = 50
        #expect(Simulation(parameters, workers: 2).run().cycles.count == 2)
    }

    /// Partners from a view of 20 are as good as partners from everyone, nearly.
    @Test func viewsAreNearlyAsGoodAsKnowingEveryone() throws {
        var parameters = parameters(peers: 150, runs: 6)
        let views = try #require(Simulation(parameters, workers: 2).run().cycleStatistics)
        parameters.view = .full
        parameters.gossip.peerSampling = .tracker
        let everyone = try #require(Simulation(parameters, workers: 2).run().cycleStatistics)
        // The first cycles are begun with three acquaintances each.
        #expect(views.mean < everyone.mean + 4, "\(views.mean) and \(everyone.mean)")
    }

    @Test func theTrackerIsAskedOnce() {
        var swarm = SynchronousSwarm(parameters(peers: 50), seed: 1)
        swarm.runCycle()
        let known = swarm.overlay.inDegrees.compactMap(\.self).reduce(0, +)
        #expect(known > 51 * 3, "shuffles add to the three that the tracker named")
    }

    /// An event-driven swarm whose tracker dies in cycle 3 completes, and so does a node that is started afterwards
    /// and told of one by the others.
    @Test func aSwarmWhoseTrackerDiesCompletes() {
        var settings = SwarmSettings(parameters(peers: 12), seed: 9)
        settings.chunkCount = 60
        settings.encodesMessages = true
        let swarm = SimulatedSwarm(settings)
        swarm.start()
        while swarm.tracker.tickCount < 3 { swarm.run(until: swarm.now + .milliseconds(100)) }
        swarm.tracker.stop()
        #expect(!swarm.isComplete)
        swarm.run(until: swarm.now + .seconds(300)) { swarm.isComplete }
        #expect(swarm.isComplete && swarm.violationText == nil, "\(swarm.violationText ?? "")")
    }

    /// Nobody ever hears a clock or a tracker; each begins to count by itself, and they meet in one time.
    @Test func nodesThatBeginAloneKeepOneTime() {
        var settings = SwarmSettings(parameters(peers: 5), seed: 3)
        settings.conditions.delay = .milliseconds(20)
        settings.conditions.jitter = .milliseconds(60)
        let swarm = SimulatedSwarm(settings)
        swarm.startWithoutTracker()
        swarm.run(until: swarm.now + .seconds(20))
        let nodes = swarm.nodes.compactMap(\.self)
        #expect(nodes.allSatisfy { $0.machine.cycle > 10 })
        #expect(nodes.allSatisfy { $0.machine.peers.isEmpty }, "nobody told them of each other")
        // One learns of all the others, as by a contact.
        for node in nodes.dropFirst() {
            nodes[0].handle(.peersReceived([nodes[0].directory.identifier(of: node.life.node)]))
        }
        swarm.run(until: swarm.now + .seconds(60))
        let cycles = Set(nodes.map(\.machine.cycle))
        #expect(cycles.count <= 2 && (cycles.max() ?? 0) - (cycles.min() ?? 0) <= 1, "\(cycles)")
        #expect(swarm.isComplete && swarm.violationText == nil, "\(swarm.violationText ?? "")")
    }
}
