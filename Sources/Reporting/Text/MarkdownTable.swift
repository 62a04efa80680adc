/// A table in markdown that reads as one in plain text too.
struct MarkdownTable {
    private let rows: [[String]]
    private let textColumns: Int

    /// - Parameters:
    ///   - rows: The head first, all of one length.
    ///   - textColumns: So many columns at the left are words; the rest are numbers.
    init(_ rows: [[String]], textColumns: Int) {
        self.rows = rows
        self.textColumns = textColumns
    }

    var text: String {
        guard let head = rows.first else { return "" }
        let widths = head.indices.map { column in rows.map { $0[column].unicodeScalars.count }.max() ?? 0 }
        func line(_ row: [String]) -> String {
            let cells = row.indices.map { column in
                let padding = String(repeating: " ", count: widths[column] - row[column].unicodeScalars.count)
                return column < textColumns ? row[column] + padding : padding + row[column]
            }
            return "| " + cells.joined(separator: " | ") + " |"
        }
        let rule = head.indices.map { column in
            let dashes = String(repeating: "-", count: widths[column] + 1)
            return column < textColumns ? dashes + "-" : dashes + ":"
        }
        return ([line(head), "|" + rule.joined(separator: "|") + "|"] + rows.dropFirst().map(line))
            .joined(separator: "\n")
    }
}
