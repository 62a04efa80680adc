import GossipCore

@testable import Reporting

/// A made-up experiment, of numbers that a reader can check by head.
enum SampleExperiment {
    static func spread(_ mean: Double) -> CycleSpread {
        CycleSpread(
            mean: mean, standardDeviation: 2, minimum: mean - 4, p5: mean - 3, p50: mean, p95: mean + 3,
            maximum: mean + 5)
    }

    static func sample(_ mean: Double, runs: Int = 100) -> RunSample {
        RunSample(
            runs: runs, completed: runs, cycles: spread(mean),
            messages: MessageMeans(sent: 120, useful: 45, redundant: 15, missed: 60))
    }

    /// A run that gets a third of the file in each of three cycles.
    static func run(_ number: Int) -> RecordedRun {
        var text = CSVText.cyclesHeader
        for (cycle, fraction) in ["0.000000", "0.333333", "0.666667", "1.000000"].enumerated() {
            text += "\(cycle),\(fraction),\(cycle == 3 ? 5 : 0),\(cycle * 10),\(cycle * 4),\(cycle),\(cycle * 5),0\n"
        }
        guard let run = RecordedRun(text, number: number) else { preconditionFailure("the sample is a record") }
        return run
    }

    static func outcome(_ style: GossipStyle, realRuns: Int = 2) -> StyleOutcome {
        let cycles = (0...8).map { cycle in
            let mean = min(1, Double(cycle) / 6)
            return StyleOutcome.SimulatedCycle(
                mean: mean, p5: max(0, mean - 0.1), p95: min(1, mean + 0.1),
                messages: MessageMeans(sent: 12, useful: 5, redundant: 1, missed: 6))
        }
        return StyleOutcome(
            style: style, simulated: sample(8), simulatedCycles: cycles,
            real: realRuns > 0 ? sample(9, runs: realRuns) : nil,
            realRuns: realRuns > 0 ? (1...realRuns).map { run($0) } : [])
    }

    static func setting(realRuns: Int = 2) -> ExperimentSetting {
        ExperimentSetting(
            name: "gotorrent", gossip: GossipParameters(), seedCount: 1, peerCount: 5, chunkCount: 9,
            view: "everyone knows everyone", intervalMilliseconds: realRuns > 0 ? 100 : nil, realRuns: realRuns,
            simulatedRuns: 100, randomSeed: 7, command: "gotorrent experiment --output x")
    }

    static func sweep(
        _ parameter: String, _ values: [String], unit: String = "", series: [String] = ["push", "pull"]
    ) -> Sweep {
        Sweep(
            parameter: parameter, unit: unit, rest: "9 chunks, 100 runs each",
            series: series.map { name in
                Sweep.Series(
                    name: name,
                    points: values.enumerated().map { index, value in
                        Sweep.Point(
                            value: value, sample: sample(10 + Double(index)), leastCycles: 4 + index,
                            rumourCycles: index == 0 ? 5.5 : nil, interleaveCycles: index == 1 ? 30.25 : nil)
                    })
            })
    }

    static func experiment(realRuns: Int = 2, sweep: Sweep? = nil) -> Experiment {
        Experiment(
            setting(realRuns: realRuns), outcomes: GossipStyle.allCases.map { outcome($0, realRuns: realRuns) },
            sweep: sweep)
    }
}
