import GossipCore
import GossipSimulation
import Topology

/// What an experiment is to do, checked as a whole before anything starts.
struct ExperimentPlan: Sendable {
    /// Cycles without progress after which a real run is given up, at least: a run that is merely unlucky is a result.
    private static let leastPatience = 300
    static let cycleLimit: Cycle = 100_000

    /// What the real runs run; nil where all are simulated.
    let topology: TopologyDescription?
    let realRuns: Int
    /// The simulated runs; each style takes its own place in them.
    let parameters: SimulationParameters
    let sweep: SweepRequest?
    let workers: Int

    /// - Throws: `UsageError` or `TopologyError`, which say what would be right.
    init(_ command: ExperimentCommand) throws {
        try Self.require(command.runs ?? 0 >= 0, "--runs", command.runs ?? 0, "0 or more")
        try Self.require(command.simulatedRuns >= 1, "--simulated-runs", command.simulatedRuns, "at least 1")
        try Self.require(command.workers ?? 1 >= 1, "--workers", command.workers ?? 1, "at least 1")
        workers = command.workers ?? Machine.coreCount
        realRuns = command.runs ?? (command.topology == nil ? 0 : 20)
        if command.topology == nil, realRuns > 0 {
            throw UsageError("--runs is \(realRuns), and there is no topology to run; name one, or leave --runs out")
        }
        let description = try Self.description(command)
        topology = realRuns > 0 ? description.map(Self.forExperiment) : nil
        var parameters = try description.map { try SimulationParameters($0) } ?? SimulationParameters()
        if description == nil { try Self.apply(command, to: &parameters.gossip) }
        if realRuns > 0 { try Self.refuseWhatOnlySimulationsTake(command) }
        try Self.apply(command, to: &parameters)
        parameters.runs = command.simulatedRuns
        parameters.seed = command.seed
        parameters.cycleLimit = Self.cycleLimit
        self.parameters = parameters
        sweep = try command.sweep.map { try SweepRequest($0, views: command.views) }
        try command.views.checkUse(with: [command.views.chosen(parameters)] + (sweep?.views ?? []))
        try checkRuns()
    }

    /// The parameters of one style's simulated runs.
    func parameters(_ style: GossipStyle) -> SimulationParameters {
        var parameters = parameters
        parameters.gossip.style = style
        return parameters
    }

    private static func description(_ command: ExperimentCommand) throws -> TopologyDescription? {
        guard let path = command.topology else {
            if command.cycle != nil { throw UsageError("--cycle is for real runs; name a topology to run") }
            return nil
        }
        return try TopologyParser.parse(
            path: path,
            overrides: TopologyOverrides(
                fanout: command.fanout, cycle: command.cycle, chunkSelection: command.chunkSelection,
                peerChoice: command.peerChoice, port: "0"))
    }

    /// The simulator asks the tracker before cycles 1, 3, 5 …, so a real run asks every two cycles.
    private static func forExperiment(_ description: TopologyDescription) -> TopologyDescription {
        var description = description
        description.tracker.refreshInterval = max(description.cycle * 2, .milliseconds(10))
        description.stallTimeoutCycles = max(description.stallTimeoutCycles, leastPatience)
        return description
    }

    private static func apply(_ command: ExperimentCommand, to gossip: inout GossipParameters) throws {
        do throws(InvalidText) {
            if let text = command.fanout { gossip.fanout = try TopologyFields.fanout.parse(text) }
        } catch {
            throw UsageError(error.described(as: "--fanout"))
        }
        do throws(InvalidText) {
            if let text = command.chunkSelection {
                gossip.chunkSelection = try TopologyFields.chunkSelection.parse(text)
            }
        } catch {
            throw UsageError(error.described(as: "--chunk-selection"))
        }
        do throws(InvalidText) {
            if let text = command.peerChoice { gossip.peerChoice = try TopologyFields.peerChoice.parse(text) }
        } catch {
            throw UsageError(error.described(as: "--peer-choice"))
        }
    }

    private static func refuseWhatOnlySimulationsTake(_ command: ExperimentCommand) throws {
        let options = [
            ("--peers", command.peers != nil), ("--chunks", command.chunks != nil),
            ("--view \(command.views.view?.rawValue ?? "")", command.views.view ?? .tracker != .tracker),
        ]
        for (option, isGiven) in options where isGiven {
            throw UsageError("\(option) is for simulated runs alone; add --runs 0, or change the topology")
        }
    }

    private static func apply(_ command: ExperimentCommand, to parameters: inout SimulationParameters) throws {
        if let peers = command.peers {
            try require(SweepRequest.numbers.contains(peers), "--peers", peers, SweepRequest.numbersText)
            parameters.peers = peers
        }
        if let chunks = command.chunks {
            try require(SweepRequest.numbers.contains(chunks), "--chunks", chunks, SweepRequest.numbersText)
            parameters.chunks = UInt32(chunks)
        }
        if let view = command.views.view, view != .tracker {
            parameters.setView(try command.views.peerView(view), try command.views.sizes(parameters))
        }
    }

    private static func require(_ isRight: Bool, _ option: String, _ value: Int, _ advice: String) throws {
        if !isRight { throw UsageError("\(option) is \(value); it must be \(advice)") }
    }

    /// Of every run: whether there can be such a swarm, and whether it fits into memory.
    private func checkRuns() throws {
        let swept = sweep?.values.map { value in
            var parameters = parameters
            value.apply(to: &parameters)
            return parameters
        }
        for parameters in [parameters] + (swept ?? []) {
            try parameters.check()
            try MemoryEstimate(parameters, workers: workers).check()
            for style in GossipStyle.allCases {
                var parameters = parameters
                parameters.gossip.style = style
                try NetworkCheck(parameters).check()
            }
        }
    }
}
