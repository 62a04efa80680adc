import GossipCore

/// What a run says last: how it went and where everything is.
package struct ClosingTable {
    private let summary: RunSummary
    private let directory: RunDirectory
    private let hasFigures: Bool

    /// - Parameter hasFigures: Whether they could be drawn.
    package init(_ summary: RunSummary, directory: RunDirectory, hasFigures: Bool) {
        self.summary = summary
        self.directory = directory
        self.hasFigures = hasFigures
    }

    package var lines: [TextLine] {
        [TextLine(summary.parameters.name, .strong) + TextLine(": \(summary.parameters.title)"), ""] + rows.map(line)
    }

    private typealias Row = (label: String, value: TextLine)

    private func line(_ row: Row) -> TextLine {
        let widest = rows.map(\.label.count).max() ?? 0
        let padding = String(repeating: " ", count: widest - row.label.count)
        return TextLine("  \(row.label)\(padding)  ", .dim) + row.value
    }

    private var rows: [Row] {
        let totals = summary.totals
        let copies = NumberText.fixed(totals.seedCopies(fileBytes: summary.parameters.fileBytes), 2)
        let figures = Figure.allCases.map { directory.figure($0, "png") }
        return [outcome, ("time", TextLine("\(NumberText.fixed(summary.wallSeconds, 1)) s"))] + messageRows + [
            ("seed sent", TextLine("\(copies) copies of the file")),
            ("chunk bytes sent", TextLine(NumberText.bytes(totals.bytesSent))),
            ("figures", hasFigures ? TextLine(figures.joined(separator: ", ")) : TextLine("none", .warning)),
            ("run directory", TextLine(directory.path)),
        ]
    }

    private var outcome: Row {
        let peers = NumberText.count(UInt64(summary.parameters.peerCount), "peer")
        if summary.isCompleted, let cycles = summary.cycles {
            return ("complete", TextLine("\(peers) after \(NumberText.count(cycles, "cycle"))", .good))
        }
        let recorded = NumberText.count(summary.lastCycle, "cycle")
        return ("not complete", TextLine("\(summary.completePeers) of \(peers) after \(recorded)", .bad))
    }

    private var messageRows: [Row] {
        let messages = summary.totals.messages
        let redundancy = NumberText.percent(messages.redundant, of: max(1, messages.useful + messages.redundant))
        let counts: [(String, UInt64, String)] = [
            ("messages sent", messages.sent, ""), ("useful", messages.useful, ""),
            ("redundant", messages.redundant, "  \(redundancy) of the chunks that came"),
            ("missed", messages.missed, ""), ("late", messages.late, ""), ("corrupt", messages.corrupt, ""),
        ]
        let texts = counts.map { NumberText.grouped($0.1) }
        let widest = texts.map(\.count).max() ?? 0
        return zip(counts, texts).map { count, text in
            (count.0, TextLine(String(repeating: " ", count: widest - text.count) + text + count.2))
        }
    }
}
