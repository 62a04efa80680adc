/// A sweep's section of an experiment's page.
struct SweepReport {
    private let sweep: Sweep

    init(_ sweep: Sweep) {
        self.sweep = sweep
    }

    /// Paragraphs of markdown.
    var parts: [String] {
        [
            "## Sweep: \(sweep.parameter)",
            "Simulated only: \(sweep.rest).",
            figure(SweepFigures.cyclesName(sweep), "Cycles against \(sweep.parameter)"),
            figure(SweepFigures.redundancyName(sweep), "Redundancy against \(sweep.parameter)"),
            table,
        ] + bounds
    }

    private func figure(_ name: String, _ description: String) -> String {
        "[![\(description)](\(name).png)](\(name).svg)"
    }

    private var points: [Sweep.Point] { sweep.series.flatMap(\.points) }

    private var table: String {
        let hasPublished = points.contains { $0.rumourCycles != nil }
        let hasInterleave = points.contains { $0.interleaveCycles != nil }
        var head = [sweep.label, "style", "completed", "mean ± sd", "5 to 95 %", "redundancy", "least possible"]
        if hasPublished { head.append("published") }
        if hasInterleave { head.append("3.2 (k + ln n)") }
        var rows = [head]
        let count = sweep.series.first?.points.count ?? 0
        for index in 0..<count {
            for series in sweep.series {
                let point = series.points[index]
                let cycles = point.sample.cycles
                var row = [
                    point.value, series.name,
                    "\(NumberText.grouped(UInt64(point.sample.completed))) of "
                        + NumberText.grouped(UInt64(point.sample.runs)),
                    cycles.map { "\(number($0.mean)) ± \(number($0.standardDeviation))" } ?? "–",
                    cycles.map { "\(NumberText.fixed($0.p5, 0)) to \(NumberText.fixed($0.p95, 0))" } ?? "–",
                    NumberText.fixed(point.sample.messages.redundancy, 3),
                    point.leastCycles.map { "\($0)" } ?? "–",
                ]
                if hasPublished { row.append(point.rumourCycles.map(number) ?? "–") }
                if hasInterleave { row.append(point.interleaveCycles.map(number) ?? "–") }
                rows.append(row)
            }
        }
        return MarkdownTable(rows, textColumns: 2).text
    }

    private var bounds: [String] {
        var parts = [
            """
            *Least possible*, for fanout n, s seeds and k chunks. Push: ⌈k / (n s)⌉ − 1 cycles until the last chunk \
            leaves the seeds, then as many as s holders need to become all nodes, each making n more a cycle. For one \
            seed and n = 1 that is k − 1 + ⌈log2 nodes⌉, the optimum where a node sends one chunk a slot (Mundinger, \
            Weber, Weiss, *Optimal scheduling of peer-to-peer file dissemination*, J. Scheduling 11, 2008). Pull: \
            ⌈k / n⌉, as a peer gets at most n chunks a cycle; a node may *answer* any number of pulls in a cycle, so \
            the optimum above is no bound for pull or push-pull. Push-pull: a cycle carries at most n chunks for each \
            peer that pulls and n for each node that pushes.
            """
        ]
        if points.contains(where: { $0.rumourCycles != nil }) {
            parts.append(
                """
                *Published*, for one chunk where all know each other and each draws one partner, leading terms alone. \
                Push: log2 n + ln n, up to a constant (Pittel, *On spreading a rumor*, SIAM J. Appl. Math. 47, 1987). \
                Push-pull: log3 n, up to O(ln ln n) (Karp, Schindelhauer, Shenker, Vöcking, *Randomized rumor \
                spreading*, FOCS 2000).
                """)
        }
        if sweep.parameter == "loss", points.contains(where: { $0.rumourCycles != nil }) {
            parts.append(
                """
                *With loss*, where a message arrives with probability q: push log(1+q) n + (1/q) ln n (Doerr, \
                Kostrygin, *Randomized rumor spreading revisited*, ICALP 2017, up to a constant). A pull needs two \
                messages; by the same theorem, pull log(1+q²) n − ln n / ln(1−q²), and push-pull \
                log(1+q+q²) n + ln n / (q − ln(1−q²)). Without loss pull takes log2 n + log2 ln n.
                """)
        }
        if points.contains(where: { $0.interleaveCycles != nil }) {
            parts.append(
                """
                *3.2 (k + ln n)* is what INTERLEAVE takes at most, with high probability, where a node's uploads are \
                limited softly (Sanghavi, Hajek, Massoulié, *Gossiping with multiple messages*, IEEE Trans. Inf. \
                Theory 53, 2007). It draws one partner a cycle, pushes and pulls as push-pull does here, and has rules \
                of its own for which chunk goes: for the strategies here it is a mark to compare with, no promise.
                """)
        }
        return parts
    }

    private func number(_ value: Double) -> String { NumberText.fixed(value, 2) }
}
