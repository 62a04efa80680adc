import GossipCore

/// An experiment as a page: its figures and its numbers, every one of them from the tables beside it.
struct ExperimentReport {
    private let experiment: Experiment

    init(_ experiment: Experiment) {
        self.experiment = experiment
    }

    private var setting: ExperimentSetting { experiment.setting }
    private var hasRealRuns: Bool { experiment.outcomes.contains { $0.real != nil } }

    /// Markdown.
    var text: String {
        var parts = [
            "# \(setting.name): push, pull and push-pull",
            introduction,
            "```sh\n\(setting.command)\n```",
            "## Spreading",
            figure(ExperimentFigures.styles, "Average fraction of the file at the peers against the cycle, all styles"),
        ]
        parts += experiment.outcomes.map(\.style.rawValue).map { style in
            figure(style, "Average fraction of the file at the peers against the cycle, \(style)")
        }
        parts += [
            "## Cycles until every peer is complete", cyclesTable, cyclesNote,
            "## Messages", figure(ExperimentFigures.messages, "Messages a run by kind"), messagesTable, messagesNote,
        ]
        if let sweep = experiment.sweep { parts += SweepReport(sweep).parts }
        parts += ["## Files", files]
        return parts.joined(separator: "\n\n") + "\n"
    }

    private var introduction: String {
        var text =
            "\(setting.rules.prefix(1).uppercased() + setting.rules.dropFirst()), \(setting.view). "
            + "For each style \(NumberText.count(UInt64(setting.simulatedRuns), "simulated run")), "
            + "drawn from seed \(setting.randomSeed)"
        if hasRealRuns, let interval = setting.intervalMilliseconds {
            text +=
                ", and \(NumberText.count(UInt64(setting.realRuns), "real run")) over sockets at "
                + "Δ = \(NumberText.interval(milliseconds: interval)), each node a process of its own"
        }
        text += ". The simulator drives the same state machines as the sockets do, with every message of a cycle "
        return text + "arriving within it. Produced by:"
    }

    private func figure(_ name: String, _ description: String) -> String {
        "[![\(description)](\(name).png)](\(name).svg)"
    }

    // MARK: - Cycles

    private var cyclesTable: String {
        var rows = [["style", "runs", "completed", "mean ± sd", "5 to 95 %", "least", "most"]]
        for outcome in experiment.outcomes {
            for (source, sample) in outcome.samples {
                let cycles = sample.cycles
                rows.append([
                    outcome.style.rawValue, "\(NumberText.grouped(UInt64(sample.runs))) \(source)",
                    NumberText.grouped(UInt64(sample.completed)),
                    cycles.map { "\(number($0.mean)) ± \(number($0.standardDeviation))" } ?? "–",
                    cycles.map { "\(whole($0.p5)) to \(whole($0.p95))" } ?? "–",
                    cycles.map { whole($0.minimum) } ?? "–", cycles.map { whole($0.maximum) } ?? "–",
                ])
            }
        }
        return MarkdownTable(rows, textColumns: 2).text
    }

    private var cyclesNote: String {
        var text = "Counted is the first cycle at whose end every peer holds every chunk; the spread is of single runs."
        let distances = experiment.outcomes.compactMap { outcome in
            distance(outcome).map { "\(outcome.style.rawValue) \($0 < 0 ? "−" : "+")\(number(abs($0)))" }
        }
        if !distances.isEmpty {
            text +=
                " The real mean less the simulated one, in standard errors of the difference: "
                + "\(distances.joined(separator: ", ")). Up to 2 either way is what chance does."
        }
        return text
    }

    /// By the simulation's spread, which many runs know better than a few.
    private func distance(_ outcome: StyleOutcome) -> Double? {
        guard let simulated = outcome.simulated.cycles, let real = outcome.real, let cycles = real.cycles else {
            return nil
        }
        let share = 1 / Double(real.completed) + 1 / Double(outcome.simulated.completed)
        let error = simulated.standardDeviation * share.squareRoot()
        return error > 0 ? (cycles.mean - simulated.mean) / error : nil
    }

    // MARK: - Messages

    private var messagesTable: String {
        var rows = [
            ["style", "runs", "sent", "useful", "redundant", "missed", "late", "efficiency", "redundancy"]
        ]
        for outcome in experiment.outcomes {
            for (source, sample) in outcome.samples where sample.completed > 0 {
                let messages = sample.messages
                let means = [messages.sent, messages.useful, messages.redundant, messages.missed, messages.late]
                rows.append(
                    [outcome.style.rawValue, source] + means.map(number)
                        + [NumberText.fixed(messages.efficiency, 3), NumberText.fixed(messages.redundancy, 3)])
            }
        }
        return MarkdownTable(rows, textColumns: 2).text
    }

    private var messagesNote: String {
        """
        Means a run, over all nodes. *sent* counts each push and each pull request; *useful* is a chunk that its \
        receiver lacked, *redundant* one that it had or got twice, *missed* a pull that its partner could not serve, \
        *late* a chunk that came after its cycle. Efficiency is useful / sent; redundancy is \
        redundant / (useful + redundant).
        """
    }

    private var files: String {
        let lines = ExperimentTables(experiment).files.map { "- [`\($0.name)`](\($0.name))" }
        let runs =
            hasRealRuns ? ["- `runs/STYLE-NN/`: what each real run left", "- `topology.yaml`: what they ran"] : []
        return (lines + ["- `NAME.gnuplot`, `NAME.svg`, `NAME.png`: each figure"] + runs).joined(separator: "\n")
    }

    private func number(_ value: Double) -> String { NumberText.fixed(value, 2) }

    private func whole(_ value: Double) -> String { NumberText.fixed(value, 0) }
}
