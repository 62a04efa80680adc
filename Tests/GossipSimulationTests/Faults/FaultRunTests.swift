import GossipCore
import Testing

@testable import GossipSimulation

@Suite struct FaultRunTests {
    /// A part of the 300 seeds that `scripts/simulate-faults.sh` runs in a release build.
    @Test func seedsBreakNothing() {
        var campaign = FaultCampaign(seeds: 1...30)
        campaign.workers = 2
        let summary = campaign.run()
        #expect(summary.runs == 30)
        for failure in summary.failures { Issue.record("\(failure.report ?? "")") }
        #expect(summary.completeBefore < summary.peers, "some must have something left to do without faults")
    }

    /// What passes through frames comes to the same, message for message.
    @Test(arguments: [3, 8, 21] as [UInt64])
    func framesChangeNothing(seed: UInt64) {
        var campaign = FaultCampaign(seeds: seed...seed)
        let values = campaign.outcome(of: seed)
        campaign.encodesMessages = true
        let frames = campaign.outcome(of: seed)
        #expect(frames.violation == nil)
        #expect(values.trace == frames.trace && values.events == frames.events)
        #expect(values.counts == frames.counts)
        #expect(frames.replay.hasSuffix(" --encoded"))
    }

    @Test func coresDoNotChangeASummary() {
        func json(workers: Int) -> String {
            var campaign = FaultCampaign(seeds: 40...45)
            campaign.workers = workers
            return campaign.run().json
        }
        #expect(json(workers: 1) == json(workers: 2))
    }

    /// The options are drawn widely enough that every kind of fault and of node is met.
    @Test func everyKindOfFaultIsDrawn() {
        let plans = (1...300).map { FaultPlan(seed: UInt64($0)) }
        let names = Set(plans.flatMap { $0.events.map(\.fault.name) })
        #expect(names.count == 10)
        let behaviours = Set(plans.flatMap { $0.swarm.nodes.map(\.behaviour) })
        #expect(behaviours == Set(NodeBehaviour.allCases))
        #expect(plans.contains { $0.swarm.conditions.lossPermille > 0 })
        #expect(plans.contains { $0.swarm.conditions.duplicationPermille > 0 })
        #expect(plans.contains { $0.swarm.conditions.reorderingPermille > 0 })
        #expect(plans.contains { $0.tickLossPermille.contains { $0 > 0 } })
        #expect(plans.contains { $0.losesSeeds } && plans.contains { $0.swarm.verificationDelay.nanoseconds > 0 })
        let sizes = plans.map(\.swarm.nodes.count)
        #expect(sizes.allSatisfy { (2...40).contains($0) } && (sizes.max() ?? 0) > 35)
        #expect(plans.map(\.swarm.chunkCount).contains(0))
        // The checkers know the rules of whole chunks.
        #expect(Set(plans.map(\.swarm.gossip.chunkSelection)) == Set(ChunkSelection.ofWholeChunks))
        #expect(plans.allSatisfy { plan in plan.swarm.nodes.contains { $0.role == .seed && $0.behaviour == .honest } })
    }

    /// 95: a clock waited for ever for a member that had left; the bus was away while it listened.
    /// 18521: everyone who had heard a tick was gone as well, and the one who restarts the tracker must say so.
    @Test(arguments: [95, 18_521] as [UInt64])
    func seedsThatBrokeSomethingBreakNothingAnyMore(seed: UInt64) {
        #expect(FaultCampaign(seeds: seed...seed).outcome(of: seed).report == nil)
    }

    @Test func theBoundGrowsWithWhatMakesASwarmSlow() {
        func cycles(chunks: UInt32 = 10, fanout: Int = 2, honest: Int = 20, sample: Int = 3) -> UInt64 {
            var swarm = SwarmSettings(nodes: Array(repeating: NodeSettings(role: .peer), count: 20))
            swarm.chunkCount = chunks
            swarm.gossip.fanout = fanout
            swarm.view = .tracker(sampleSize: sample)
            return LivenessBound(swarm, honest: honest, nodes: 20).cycles
        }
        #expect(cycles() == 565)
        #expect(cycles(chunks: 20) > cycles())
        #expect(cycles(fanout: 1) > cycles())
        #expect(cycles(honest: 10) > cycles())
        #expect(cycles(sample: 1) > cycles())
    }
}
