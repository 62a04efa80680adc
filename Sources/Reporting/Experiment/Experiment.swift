import GossipCore

/// What an experiment is about: everything that its figures and its report say apart from what came out.
package struct ExperimentSetting: Equatable, Sendable {
    package var name: String
    /// The rules that all runs share; the style is each one's own.
    package var gossip: GossipParameters
    package var seedCount: Int
    package var peerCount: Int
    package var chunkCount: UInt32
    /// How nodes know each other, a clause such as `who know what the tracker samples for them, 3 at a time`.
    package var view: String
    /// Δ of the real runs; nil where there are none.
    package var intervalMilliseconds: UInt64?
    package var realRuns: Int
    package var simulatedRuns: Int
    package var randomSeed: UInt64
    /// The command that produced it, as a shell takes it.
    package var command: String

    package init(
        name: String, gossip: GossipParameters, seedCount: Int, peerCount: Int, chunkCount: UInt32, view: String,
        intervalMilliseconds: UInt64?, realRuns: Int, simulatedRuns: Int, randomSeed: UInt64, command: String
    ) {
        self.name = name
        self.gossip = gossip
        self.seedCount = seedCount
        self.peerCount = peerCount
        self.chunkCount = chunkCount
        self.view = view
        self.intervalMilliseconds = intervalMilliseconds
        self.realRuns = realRuns
        self.simulatedRuns = simulatedRuns
        self.randomSeed = randomSeed
        self.command = command
    }

    /// Such as `fanout 2, random selection, 1 seed, 5 peers, 9 chunks`.
    var rules: String {
        "fanout \(gossip.fanout), \(gossip.chunkSelection.rawValue) selection, "
            + "\(gossip.choiceClause)\(NumberText.count(UInt64(seedCount), "seed")), \(NumberText.count(UInt64(peerCount), "peer")), "
            + NumberText.count(UInt64(chunkCount), "chunk")
    }

    /// Such as `1,000 simulated runs, 20 real ones at Δ = 100 ms`.
    var runs: String {
        let simulated = NumberText.count(UInt64(simulatedRuns), "simulated run")
        guard let intervalMilliseconds, realRuns > 0 else { return simulated }
        return simulated + ", \(realRuns) real at Δ = \(NumberText.interval(milliseconds: intervalMilliseconds))"
    }
}

/// What came out for one style.
package struct StyleOutcome: Equatable, Sendable {
    /// A cycle over all simulated runs.
    package struct SimulatedCycle: Equatable, Sendable {
        package let mean: Double
        package let p5: Double
        package let p95: Double
        package let messages: MessageMeans

        package init(mean: Double, p5: Double, p95: Double, messages: MessageMeans) {
            self.mean = mean
            self.p5 = p5
            self.p95 = p95
            self.messages = messages
        }
    }

    package let style: GossipStyle
    package let simulated: RunSample
    /// From cycle 0 to the end of the longest run.
    package let simulatedCycles: [SimulatedCycle]
    /// Nil where none was asked for.
    package let real: RunSample?
    /// The real runs that completed.
    package let realRuns: [RecordedRun]

    package init(
        style: GossipStyle, simulated: RunSample, simulatedCycles: [SimulatedCycle], real: RunSample?,
        realRuns: [RecordedRun]
    ) {
        self.style = style
        self.simulated = simulated
        self.simulatedCycles = simulatedCycles
        self.real = real
        self.realRuns = realRuns
    }

    /// What there is, by name.
    var samples: [(source: String, sample: RunSample)] {
        [("simulated", simulated)] + (real.map { [("real", $0)] } ?? [])
    }

    /// The last cycle worth drawing: 95 of 100 simulated runs and all real ones are over by then.
    var lastDrawnCycle: Int {
        let simulated = simulatedCycles.firstIndex { $0.p5 >= 1 } ?? max(0, simulatedCycles.count - 1)
        return max(1, simulated, Int(clamping: realRuns.map(\.cycles).max() ?? 0))
    }
}

/// An experiment that is over: all that its files are made of.
package struct Experiment: Equatable, Sendable {
    package let setting: ExperimentSetting
    package let outcomes: [StyleOutcome]
    package let sweep: Sweep?

    package init(_ setting: ExperimentSetting, outcomes: [StyleOutcome], sweep: Sweep?) {
        self.setting = setting
        self.outcomes = outcomes
        self.sweep = sweep
    }
}
