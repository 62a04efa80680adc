/// Cells set in columns, two spaces apart.
struct ColumnLayout {
    struct Column {
        var title: String
        var isNumber = false
        /// Those with the lowest are left out first where the width does not do for all.
        var importance: Int
        var cells: [TextLine]

        var width: Int { max(title.unicodeScalars.count, cells.map(\.width).max() ?? 0) }
    }

    private(set) var columns: [Column]

    init(_ columns: [Column]) {
        self.columns = columns
    }

    var width: Int { columns.reduce(-2) { $0 + $1.width + 2 } }

    /// Leaves columns out until the rest fits.
    mutating func fit(_ width: Int) {
        while self.width > width, columns.count > 1 {
            let importance = columns.map(\.importance).min()
            guard let index = columns.lastIndex(where: { $0.importance == importance }) else { return }
            columns.remove(at: index)
        }
    }

    /// The column of that title, if it is still there.
    subscript(title: String) -> Column? {
        get { columns.first { $0.title == title } }
        set {
            guard let index = columns.firstIndex(where: { $0.title == title }), let newValue else { return }
            columns[index] = newValue
        }
    }

    /// The titles, then a line for each row of cells.
    var lines: [TextLine] {
        let rowCount = columns.map(\.cells.count).max() ?? 0
        let titles = line { TextLine($0.title, .dim) }
        return [titles] + (0..<rowCount).map { row in line { $0.cells[row] } }
    }

    private func line(_ cell: (Column) -> TextLine) -> TextLine {
        var line = TextLine()
        // Spaces are kept back until something follows, so that no line ends in them.
        var gap = ""
        for column in columns {
            let cell = cell(column)
            let padding = String(repeating: " ", count: column.width - cell.width)
            if cell.width > 0 {
                line.append(gap + (column.isNumber ? padding : ""))
                line = line + cell
                gap = column.isNumber ? "" : padding
            } else {
                gap += padding
            }
            gap += "  "
        }
        return line
    }
}
