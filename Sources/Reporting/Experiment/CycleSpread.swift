/// How many cycles the runs of a sample took.
package struct CycleSpread: Equatable, Sendable {
    package let mean: Double
    package let standardDeviation: Double
    package let minimum: Double
    package let p5: Double
    package let p50: Double
    package let p95: Double
    package let maximum: Double

    package init(
        mean: Double, standardDeviation: Double, minimum: Double, p5: Double, p50: Double, p95: Double, maximum: Double
    ) {
        self.mean = mean
        self.standardDeviation = standardDeviation
        self.minimum = minimum
        self.p5 = p5
        self.p50 = p50
        self.p95 = p95
        self.maximum = maximum
    }

    static let header = "mean,stddev,min,p5,p50,p95,max"

    var csv: String {
        [mean, standardDeviation, minimum, p5, p50, p95, maximum].map { NumberText.fixed($0, 4) }
            .joined(separator: ",")
    }
}

/// Runs of one kind, real or simulated, with the same parameters.
package struct RunSample: Equatable, Sendable {
    /// Those begun.
    package let runs: Int
    package let completed: Int
    /// Of the completed ones; nil where there is none.
    package let cycles: CycleSpread?
    /// Means a run.
    package let messages: MessageMeans

    package init(runs: Int, completed: Int, cycles: CycleSpread?, messages: MessageMeans) {
        self.runs = runs
        self.completed = completed
        self.cycles = cycles
        self.messages = messages
    }
}
