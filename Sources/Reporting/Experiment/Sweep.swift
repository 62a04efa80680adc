import GossipCore

/// Simulated runs with one parameter varied.
package struct Sweep: Equatable, Sendable {
    /// The runs of one style with one value of the parameter.
    package struct Point: Equatable, Sendable {
        /// The value as it was asked for.
        package let value: String
        package let sample: RunSample
        /// Cycles that no run can go below.
        package let leastCycles: Int?
        /// The published spreading time of one chunk, where its assumptions hold.
        package let rumourCycles: Double?
        /// 3.2 (k + ln n), where its assumptions come nearest.
        package let interleaveCycles: Double?

        package init(
            value: String, sample: RunSample, leastCycles: Int?, rumourCycles: Double?, interleaveCycles: Double?
        ) {
            self.value = value
            self.sample = sample
            self.leastCycles = leastCycles
            self.rumourCycles = rumourCycles
            self.interleaveCycles = interleaveCycles
        }

        static let header =
            "value,runs,completed,\(CycleSpread.header),redundancy,efficiency,least,published,interleave"

        /// A row; what there is not is left empty.
        var csv: String {
            let cycles = sample.cycles?.csv ?? ",,,,,,"
            let messages = sample.messages
            let bounds = [leastCycles.map { "\($0)" }, rumourCycles.map(text), interleaveCycles.map(text)]
            return "\(value),\(sample.runs),\(sample.completed),\(cycles),\(text(messages.redundancy)),"
                + "\(text(messages.efficiency)),\(bounds.map { $0 ?? "" }.joined(separator: ","))"
        }

        private func text(_ number: Double) -> String { NumberText.fixed(number, 4) }
    }

    /// The points of one style, in the order of the values.
    package struct Series: Equatable, Sendable {
        package let name: String
        package let points: [Point]

        package init(name: String, points: [Point]) {
            self.name = name
            self.points = points
        }
    }

    /// Such as `fanout`.
    package let parameter: String
    /// What its values are in, such as `%`; empty where they need none.
    package let unit: String
    /// The parameters that stay as they are, such as `5 peers, 9 chunks`.
    package let rest: String
    package let series: [Series]

    package init(parameter: String, unit: String = "", rest: String, series: [Series]) {
        self.parameter = parameter
        self.unit = unit
        self.rest = rest
        self.series = series
    }

    /// The parameter as an axis and a table head it.
    var label: String { unit.isEmpty ? parameter : "\(parameter), \(unit)" }

    /// The values as numbers; nil where they are words.
    var numbers: [Double]? {
        let values = series.first?.points.map { Double($0.value) } ?? []
        let numbers = values.compactMap(\.self)
        return numbers.count == values.count && !numbers.isEmpty ? numbers : nil
    }

    /// Where a series lies in an experiment's folder.
    func dataFile(_ series: Series) -> String { "data/sweep-\(parameter)-\(series.name).csv" }

    func csv(_ series: Series) -> String {
        "\(Point.header)\n" + series.points.map { $0.csv + "\n" }.joined()
    }
}
