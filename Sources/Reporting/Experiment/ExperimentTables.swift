import GossipCore

/// An experiment's data as CSV files: what the figures are drawn from, and anyone else's program may read.
struct ExperimentTables {
    private let experiment: Experiment

    init(_ experiment: Experiment) {
        self.experiment = experiment
    }

    static func simulated(_ style: GossipStyle) -> String { "data/\(style.rawValue)-simulated.csv" }
    static func real(_ style: GossipStyle) -> String { "data/\(style.rawValue)-real.csv" }
    static func realMean(_ style: GossipStyle) -> String { "data/\(style.rawValue)-real-mean.csv" }
    static let cycles = "data/cycles.csv"
    static let messages = "data/messages.csv"

    /// Names within the experiment's folder, and contents.
    var files: [(name: String, text: String)] {
        var files: [(String, String)] = []
        for outcome in experiment.outcomes {
            files.append((Self.simulated(outcome.style), simulated(outcome)))
            guard !outcome.realRuns.isEmpty else { continue }
            files.append((Self.real(outcome.style), real(outcome)))
            files.append((Self.realMean(outcome.style), realMean(outcome)))
        }
        files.append((Self.cycles, cycles))
        files.append((Self.messages, messages))
        if let sweep = experiment.sweep {
            for series in sweep.series { files.append((sweep.dataFile(series), sweep.csv(series))) }
        }
        return files
    }

    private func simulated(_ outcome: StyleOutcome) -> String {
        var text = "cycle,mean,p5,p95,\(MessageMeans.header)\n"
        for (cycle, row) in outcome.simulatedCycles.enumerated() {
            text += "\(cycle),\(fraction(row.mean)),\(fraction(row.p5)),\(fraction(row.p95)),\(row.messages.csv)\n"
        }
        return text
    }

    private func real(_ outcome: StyleOutcome) -> String {
        var text = "run,cycle,average_fraction,\(MessageMeans.header)\n"
        for run in outcome.realRuns {
            for row in run.rows { text += "\(run.number),\(row.cycle),\(fraction(row.fraction)),\(row.messages.csv)\n" }
        }
        return text
    }

    private func realMean(_ outcome: StyleOutcome) -> String {
        var text = "cycle,average_fraction,\(MessageMeans.header)\n"
        for row in RecordedRun.mean(of: outcome.realRuns) {
            text += "\(row.cycle),\(fraction(row.fraction)),\(row.messages.csv)\n"
        }
        return text
    }

    private var cycles: String {
        var text = "style,source,runs,completed,\(CycleSpread.header)\n"
        for outcome in experiment.outcomes {
            for (source, sample) in outcome.samples {
                text += "\(outcome.style.rawValue),\(source),\(sample.runs),\(sample.completed),"
                text += (sample.cycles?.csv ?? ",,,,,,") + "\n"
            }
        }
        return text
    }

    private var messages: String {
        var text = "style,source,\(MessageMeans.header),efficiency,redundancy\n"
        for outcome in experiment.outcomes {
            for (source, sample) in outcome.samples where sample.completed > 0 {
                let messages = sample.messages
                text += "\(outcome.style.rawValue),\(source),\(messages.csv),"
                text += "\(fraction(messages.efficiency)),\(fraction(messages.redundancy))\n"
            }
        }
        return text
    }

    private func fraction(_ value: Double) -> String { NumberText.fixed(value, 6) }
}
