import GossipCore
import GossipSimulation
import Reporting

/// The simulated side of an experiment.
struct SimulatedRuns: Sendable {
    let plan: ExperimentPlan

    /// Simulates one style, with what its curves need.
    func outcome(_ style: GossipStyle) -> (sample: RunSample, cycles: [StyleOutcome.SimulatedCycle]) {
        let result = simulate(plan.parameters(style), recordsCycles: true)
        let cycles = result.cycleRows.map { row in
            StyleOutcome.SimulatedCycle(
                mean: row.fraction.mean, p5: row.fraction.quantile(0.05), p95: row.fraction.quantile(0.95),
                messages: MessageMeans(
                    sent: row.sent, useful: row.useful, redundant: row.redundant, missed: row.missed, late: row.late))
        }
        return (sample(result), cycles)
    }

    /// Simulates each value of a sweep, for each style, or once each where the style is what varies.
    func sweep(_ request: SweepRequest, note: (String) -> Void) throws -> Sweep {
        let isOfStyles = request.parameter == "style"
        let styles = isOfStyles ? [plan.parameters.gossip.style] : GossipStyle.allCases
        let series = try styles.map { style in
            let points = try request.values.map { value in
                try Task.checkCancellation()
                var parameters = plan.parameters(style)
                value.apply(to: &parameters)
                let result = simulate(parameters, recordsCycles: false)
                note(
                    "\(request.parameter) \(value.text)\(isOfStyles ? "" : ", \(style.rawValue)"): "
                        + Self.text(result.cycleStatistics))
                let theory = SpreadingTheory(parameters)
                return Sweep.Point(
                    value: value.text, sample: sample(result), leastCycles: theory.leastCycles,
                    rumourCycles: theory.rumourCycles, interleaveCycles: theory.interleaveCycles)
            }
            return Sweep.Series(name: isOfStyles ? "all" : style.rawValue, points: points)
        }
        return Sweep(
            parameter: request.parameter, unit: request.unit, rest: rest(besides: request), series: series)
    }

    /// Such as `12.34 cycles on average`.
    static func text(_ cycles: Statistics?) -> String {
        guard let cycles else { return "no run completed" }
        return "\((cycles.mean * 100).rounded() / 100) cycles on average"
    }

    /// Whom a node knows, a clause of a sentence.
    var view: String {
        switch plan.parameters.view {
        case .full: "everyone knows everyone"
        case .tracker(let sampleSize):
            "nodes know what the tracker samples for them, \(sampleSize) at a time before cycles 1, 3, 5 …"
        case .graph(let model): "nodes know their neighbours in a graph, \(model.text)"
        case .cyclon(let sampleSize):
            "nodes know \(sampleSize) others by the tracker before cycle 1, and then what their shuffles make of it"
        }
    }

    private func simulate(_ parameters: SimulationParameters, recordsCycles: Bool) -> SimulationResult {
        let progress = SimulationProgress(parameters)
        defer { progress.finish() }
        return Simulation(parameters, workers: plan.workers, recordsCycles: recordsCycles).run {
            progress.show(runs: $0, cycle: $1)
        }
    }

    private func sample(_ result: SimulationResult) -> RunSample {
        let runs = Double(result.runs)
        let totals = result.totals
        return RunSample(
            runs: result.runs, completed: result.cycles.count, cycles: result.cycleStatistics.map { CycleSpread($0) },
            messages: MessageMeans(
                sent: Double(totals.sent) / runs, useful: Double(totals.useful) / runs,
                redundant: Double(totals.redundant) / runs, missed: Double(totals.missed) / runs,
                late: Double(totals.late) / runs))
    }

    private func rest(besides request: SweepRequest) -> String {
        let parameters = plan.parameters
        let values = [
            ("fanout", "fanout \(parameters.gossip.fanout)"),
            ("peers", parameters.peers == 1 ? "1 peer" : "\(parameters.peers) peers"),
            ("chunks", parameters.chunks == 1 ? "1 chunk" : "\(parameters.chunks) chunks"),
            ("chunk-selection", "\(parameters.gossip.chunkSelection.rawValue) selection"),
        ]
        let choice = parameters.gossip.peerChoice == .uniform ? "" : "\(parameters.gossip.peerChoice.rawValue) partners"
        let view =
            switch parameters.view {
            case .full: "all know all"
            case .tracker(let sampleSize): "tracker samples of \(sampleSize)"
            case .graph(let model): model.text
            case .cyclon: "views by shuffles"
            }
        let others = values + [("view", view)] + (choice.isEmpty ? [] : [("peer-choice", choice)])
        // Those of a network are varied over an event-driven one, whose cycles have a length.
        let network = request.unit.isEmpty ? [] : ["Δ = 1 s"]
        let rest =
            others.filter { $0.0 != request.parameter }.map(\.1) + network + ["\(parameters.runs) runs each"]
        return rest.joined(separator: ", ")
    }
}

extension CycleSpread {
    init(_ statistics: Statistics) {
        self.init(
            mean: statistics.mean, standardDeviation: statistics.standardDeviation, minimum: statistics.minimum,
            p5: statistics.quantile(0.05), p50: statistics.quantile(0.5), p95: statistics.quantile(0.95),
            maximum: statistics.maximum)
    }
}
