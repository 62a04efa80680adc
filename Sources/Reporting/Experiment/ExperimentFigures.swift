import GossipCore

/// The scripts of an experiment's figures. They lie in its folder and read its tables.
struct ExperimentFigures {
    private let experiment: Experiment

    init(_ experiment: Experiment) {
        self.experiment = experiment
    }

    static let styles = "styles"
    static let messages = "messages"

    var scripts: [GnuplotScript] {
        experiment.outcomes.map(curves) + [styles, messages] + (experiment.sweep.map { SweepFigures($0).scripts } ?? [])
    }

    /// The same colour and mark wherever a style is drawn.
    static func color(_ style: GossipStyle) -> String {
        switch style {
        case .push: "#D55E00"
        case .pull: "#0072B2"
        case .pushPull: "#009E73"
        }
    }

    private var setting: ExperimentSetting { experiment.setting }

    // MARK: - One style

    private func curves(_ outcome: StyleOutcome) -> GnuplotScript {
        let simulated = GnuplotScript.quoted(ExperimentTables.simulated(outcome.style))
        var plots = [
            "\(simulated) every ::1 using 1:3:4 with filledcurves linecolor rgb '#56B4E9' fillstyle "
                + "transparent solid 0.3 noborder title 'simulated: 5 to 95 % of the runs'"
        ]
        let real = GnuplotScript.quoted(ExperimentTables.real(outcome.style))
        for (index, run) in outcome.realRuns.enumerated() {
            let title = index == 0 ? "title 'real: one line a run'" : "notitle"
            plots.append(
                "\(real) every ::1 using ($1 == \(run.number) ? $2 : NaN):3 with lines linewidth 1 "
                    + "linecolor rgb '#60D55E00' \(title)")
        }
        if !outcome.realRuns.isEmpty {
            plots.append(
                "\(GnuplotScript.quoted(ExperimentTables.realMean(outcome.style))) every ::1 using 1:2 with points "
                    + "pointtype 7 pointsize 0.9 linecolor rgb '#D55E00' title 'real: mean'")
        }
        plots.insert(
            "\(simulated) every ::1 using 1:2 with lines linewidth 3.5 linecolor rgb '#0072B2' "
                + "title 'simulated: mean'",
            at: plots.count - (outcome.realRuns.isEmpty ? 0 : 1))
        return GnuplotScript(
            name: outcome.style.rawValue,
            title: ["\(setting.name): \(outcome.style.rawValue), \(setting.rules)", setting.runs],
            settings: axes(outcome.lastDrawnCycle), plots: plots)
    }

    // MARK: - All styles

    private var styles: GnuplotScript {
        let bands = experiment.outcomes.map { outcome in
            "\(GnuplotScript.quoted(ExperimentTables.simulated(outcome.style))) every ::1 using 1:3:4 "
                + "with filledcurves linecolor rgb '\(Self.color(outcome.style))' fillstyle transparent solid 0.15 "
                + "noborder notitle"
        }
        let means = experiment.outcomes.enumerated().map { number, outcome in
            "\(GnuplotScript.quoted(ExperimentTables.simulated(outcome.style))) every ::1 using 1:2 "
                + "with \(outcome.realRuns.isEmpty ? "linespoints" : "lines") linewidth 3 pointtype \([7, 5, 9][number % 3]) pointsize 0.8 linecolor rgb '\(Self.color(outcome.style))' "
                + "title '\(outcome.style.rawValue), simulated'"
        }
        let points = experiment.outcomes.enumerated().filter { !$0.element.realRuns.isEmpty }.map { number, outcome in
            "\(GnuplotScript.quoted(ExperimentTables.realMean(outcome.style))) every ::1 using 1:2 with points "
                + "pointtype \([7, 5, 9][number % 3]) pointsize 0.9 linecolor rgb '\(Self.color(outcome.style))' "
                + "title '\(outcome.style.rawValue), real'"
        }
        return GnuplotScript(
            name: Self.styles,
            title: [
                "\(setting.name): push, pull and push-pull, \(setting.rules)", "\(setting.runs); bands hold 5 to 95 %",
            ],
            settings: axes(experiment.outcomes.map(\.lastDrawnCycle).max() ?? 1), plots: bands + means + points)
    }

    private func axes(_ lastCycle: Int) -> String {
        """
        set xlabel 'cycle' offset 0,0.4
        set xrange [0:\(lastCycle)]
        \(lastCycle <= 20 ? "set xtics 1" : "set xtics autofreq")
        set ylabel 'average fraction of the file at the peers'
        set yrange [0:1.02]
        set ytics 0.2
        set mytics 2
        """
    }

    // MARK: - Messages

    private var messages: GnuplotScript {
        let table = GnuplotScript.quoted(ExperimentTables.messages)
        let samples = experiment.outcomes.flatMap(\.samples).map(\.sample).filter { $0.completed > 0 }
        var kinds: [(column: Int, name: String, color: String)] = [
            (4, "useful", "#0072B2"), (5, "redundant", "#E69F00"), (6, "missed", "#999999"),
        ]
        if samples.contains(where: { $0.messages.late > 0 }) { kinds.append((7, "late", "#CC79A7")) }
        let bars = kinds.enumerated().map { number, kind in
            let label = number == 0 ? ":xtic(strcol(1) . \"\\n\" . strcol(2))" : ""
            return "\(table) every ::1 using \(kind.column)\(label) linecolor rgb '\(kind.color)' title '\(kind.name)'"
        }
        let sum = "$4 + $5 + $6 + $7"
        let labels =
            "\(table) every ::1 using 0:(\(sum)):(sprintf(\"%.0f sent\\n%.0f %% useful\", $3, 100 * $8)) with labels "
            + "offset 0,1.9 textcolor rgb '#222222' notitle"
        return GnuplotScript(
            name: Self.messages, title: ["\(setting.name): messages a run, \(setting.rules)", setting.runs],
            settings: """
                set style data histograms
                set style histogram rowstacked
                set style fill solid 0.9 border rgb 'white'
                set boxwidth 0.65
                set xrange [-0.6:\(Double(max(1, samples.count)) - 0.4)]
                set xtics noenhanced
                set xlabel ' '
                set ylabel 'messages a run, mean, all nodes'
                set yrange [0:*]
                set offsets graph 0, graph 0, graph 0.18, graph 0
                """,
            plots: bars + [labels])
    }
}
