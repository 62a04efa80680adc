import ArgumentParser
import GossipCore
import GossipSimulation
import ProgramSupport
import Reporting
import Topology

/// One experiment, from its empty folder to its report.
struct ExperimentSession: Sendable {
    private let plan: ExperimentPlan
    private let directory: ExperimentDirectory
    private let drawsFigures: Bool

    /// Makes the folder; nothing is started yet.
    /// - Throws: `UsageError` where there is something in the folder, `ReportingError` where it cannot be made.
    init(_ plan: ExperimentPlan, output: String, drawsFigures: Bool) throws {
        self.plan = plan
        self.drawsFigures = drawsFigures
        do {
            directory = try ExperimentDirectory.create(at: output)
        } catch {
            guard error.code == .folderNotEmpty else { throw error }
            throw UsageError(error.message)
        }
    }

    /// - Throws: `ExitCode.failure` where a real run failed or figures could not be drawn; the rest is written.
    func run() async throws {
        if let topology = plan.topology { try OutputFile.write(topology.render(), to: directory.topology) }
        let simulated = SimulatedRuns(plan: plan)
        var outcomes: [StyleOutcome] = []
        for style in GossipStyle.allCases { outcomes.append(try await outcome(style, simulated)) }
        let sweep = try plan.sweep.map { try simulated.sweep($0) { Console.note("simulated, \($0)") } }
        let experiment = Experiment(setting(simulated.view), outcomes: outcomes, sweep: sweep)
        try directory.write(experiment)
        let hasFigures = try await drawFigures(experiment)
        Console.result(directory.report)
        let failed = outcomes.compactMap(\.real).reduce(0) { $0 + $1.runs - $1.completed }
        if failed > 0 {
            let all = plan.realRuns * outcomes.count
            Console.error("\(failed) of \(all) real runs failed; the report is of the others")
        }
        if failed > 0 || !hasFigures { throw ExitCode.failure }
    }

    private func outcome(_ style: GossipStyle, _ simulated: SimulatedRuns) async throws -> StyleOutcome {
        try Task.checkCancellation()
        let simulation = simulated.outcome(style)
        Console.note(
            "\(style.rawValue), \(plan.parameters.runs) simulated: "
                + (simulation.sample.cycles.map { "\(($0.mean * 100).rounded() / 100) cycles on average" }
                    ?? "no run completed"))
        guard plan.realRuns > 0 else {
            return StyleOutcome(
                style: style, simulated: simulation.sample, simulatedCycles: simulation.cycles, real: nil, realRuns: [])
        }
        let real = try await RealRuns(directory: directory, count: plan.realRuns).outcome(style)
        return StyleOutcome(
            style: style, simulated: simulation.sample, simulatedCycles: simulation.cycles, real: real.sample,
            realRuns: real.runs)
    }

    /// - Returns: false where they were wanted and could not be drawn.
    private func drawFigures(_ experiment: Experiment) async throws -> Bool {
        guard drawsFigures else { return true }
        do {
            try await directory.drawFigures(experiment)
            return true
        } catch {
            try Task.checkCancellation()
            Console.error("\(error)")
            return false
        }
    }

    private func setting(_ view: String) -> ExperimentSetting {
        let parameters = plan.parameters
        let command = ["gotorrent"] + CommandLine.arguments.dropFirst()
        return ExperimentSetting(
            name: plan.topology?.name ?? "gotorrent", gossip: parameters.gossip, seedCount: parameters.seeds,
            peerCount: parameters.peers, chunkCount: parameters.chunks, view: view,
            intervalMilliseconds: plan.topology?.cycle.wholeMilliseconds, realRuns: plan.realRuns,
            simulatedRuns: parameters.runs, randomSeed: parameters.seed,
            command: command.map(ShellText.quoted).joined(separator: " "))
    }
}
