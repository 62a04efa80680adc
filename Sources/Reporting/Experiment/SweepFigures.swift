import GossipCore

/// The scripts of a sweep's two figures: cycles and redundancy against the parameter.
struct SweepFigures {
    private let sweep: Sweep

    init(_ sweep: Sweep) {
        self.sweep = sweep
    }

    static func cyclesName(_ sweep: Sweep) -> String { "sweep-\(sweep.parameter)-cycles" }
    static func redundancyName(_ sweep: Sweep) -> String { "sweep-\(sweep.parameter)-redundancy" }

    var scripts: [GnuplotScript] { [cycles, redundancy] }

    private var isNumeric: Bool { sweep.numbers != nil }

    /// Whether small values would all lie on the axis.
    private var spansDecades: Bool {
        let means = sweep.series.flatMap(\.points).compactMap { $0.sample.cycles?.mean }
        guard let least = means.min(), let most = means.max() else { return false }
        return least > 0 && most / least >= 20
    }

    private var cycles: GnuplotScript {
        let lines = sweep.series.indices.flatMap { index in
            isNumeric ? [band(index), mean(index)] : [wordMean(index)]
        }
        return GnuplotScript(
            name: Self.cyclesName(sweep),
            title: ["cycles until every peer is complete, against \(sweep.parameter)", sweep.rest],
            settings: axes + "\nset ylabel 'cycles: mean and 5 to 95 %'\n"
                + (spansDecades ? "set logscale y\nset autoscale yfixmax\nset lmargin 12" : "set yrange [0:*]"),
            plots: lines + bounds)
    }

    private var redundancy: GnuplotScript {
        GnuplotScript(
            name: Self.redundancyName(sweep),
            title: ["redundancy: chunks that came for nothing, against \(sweep.parameter)", sweep.rest],
            settings: axes + "\nset ylabel 'redundant / (useful + redundant)'\nset yrange [0:*]",
            plots: sweep.series.indices.map { index in
                "\(file(index)) every ::1 using \(isNumeric ? "1" : place(index)):11 "
                    + "with \(isNumeric ? "linespoints" : "points") \(pen(index)) title '\(sweep.series[index].name)'"
            })
    }

    // MARK: - Lines

    private func band(_ index: Int) -> String {
        "\(file(index)) every ::1 using 1:7:9 with filledcurves linecolor rgb '\(color(index))' "
            + "fillstyle transparent solid 0.15 noborder notitle"
    }

    private func mean(_ index: Int) -> String {
        "\(file(index)) every ::1 using 1:4 with linespoints \(pen(index)) title '\(sweep.series[index].name)'"
    }

    /// A mean with its spread as a bar, beside those of the other series.
    private func wordMean(_ index: Int) -> String {
        "\(file(index)) every ::1 using \(place(index)):4:7:9 with yerrorbars \(pen(index)) "
            + "title '\(sweep.series[index].name)'"
    }

    /// Each in its style's colour; the key has one entry a kind, in grey.
    private var bounds: [String] {
        let kinds: [(name: String, column: Int, dash: Int, isThere: (Sweep.Point) -> Bool)] = [
            ("least possible", 13, 3, { $0.leastCycles != nil }),
            ("published, one chunk", 14, 2, { $0.rumourCycles != nil }),
            ("3.2 (k + ln n)", 15, 5, { $0.interleaveCycles != nil }),
        ]
        return kinds.flatMap { kind -> [String] in
            let drawn = sweep.series.indices.filter { sweep.series[$0].points.contains(where: kind.isThere) }
            guard !drawn.isEmpty else { return [] }
            let look =
                isNumeric
                ? "lines linewidth 1.5 dashtype \(kind.dash)" : "points pointtype \(kind.dash - 1) pointsize 1"
            return drawn.map { index in
                "\(file(index)) every ::1 using \(isNumeric ? "1" : place(index)):\(kind.column) with \(look) "
                    + "linecolor rgb '\(color(index))' notitle"
            } + ["NaN with \(look) linecolor rgb '#555555' title '\(kind.name)'"]
        }
    }

    private func pen(_ index: Int) -> String {
        "linewidth 2.5 dashtype 1 linecolor rgb '\(color(index))' pointtype \([7, 5, 9][index % 3]) pointsize 1"
    }

    private func color(_ index: Int) -> String {
        GossipStyle(rawValue: sweep.series[index].name).map(ExperimentFigures.color) ?? "#0072B2"
    }

    private func file(_ index: Int) -> String { GnuplotScript.quoted(sweep.dataFile(sweep.series[index])) }

    /// Words stand beside one another, the series of each next to its place.
    private func place(_ index: Int) -> String {
        let middle = Double(sweep.series.count - 1) / 2
        return "($0 + \(NumberText.fixed((Double(index) - middle) * 0.12, 2)))"
    }

    private var axes: String {
        let label = "set xlabel \(GnuplotScript.quoted(sweep.label)) offset 0,0.4"
        guard let numbers = sweep.numbers, let least = numbers.min(), let most = numbers.max() else {
            let words = (sweep.series.first?.points ?? []).map(\.value)
            let tics = words.enumerated().map { "\(GnuplotScript.quoted($1)) \($0)" }.joined(separator: ", ")
            // About 80 letters fit below the axis; longer neighbours would run into one another.
            let areLong = zip(words, words.dropFirst()).contains { ($0.count + $1.count) * words.count > 160 }
            let slant = areLong ? "rotate by 20 right " : ""
            return "\(label)\nset xrange [-0.5:\(max(1, words.count) - 1).5]\nset xtics noenhanced \(slant)(\(tics))"
        }
        let texts = Set(numbers).sorted().map { NumberText.fixed($0, $0 == $0.rounded() ? 0 : 1) }
        let values = texts.joined(separator: ",")
        let tics = numbers.count <= 12 ? "set xtics (\(values))" : "set xtics autofreq"
        guard least > 0, most / least >= 20 else {
            return "\(label)\nset xrange [\(least - 0.2 * spacing):\(most + 0.2 * spacing)]\n\(tics)"
        }
        return "\(label), logarithmic\nset logscale x\nset xrange [\(least * 0.85):\(most * 1.18)]\n\(tics)"
            .replacing(" offset 0,0.4, logarithmic", with: " . ', logarithmic' offset 0,0.4")
    }

    private var spacing: Double {
        guard let numbers = sweep.numbers, let least = numbers.min(), let most = numbers.max(), most > least else {
            return 1
        }
        return (most - least) / Double(max(1, numbers.count - 1))
    }
}
