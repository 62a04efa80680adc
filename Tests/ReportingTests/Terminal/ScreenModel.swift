/// A terminal as far as live tables use one: what is on the screen and what has scrolled off it.
struct ScreenModel {
    private(set) var scrolledOff: [String] = []
    private var rows: [[Character]] = [[]]
    private var row = 0
    private var column = 0
    private let columns: Int
    private let height: Int

    init(columns: Int, height: Int) {
        self.columns = columns
        self.height = height
    }

    /// Rows from the top to the cursor's, without spaces at their ends.
    var text: [String] {
        rows.map { row in
            var text = String(row)
            while text.hasSuffix(" ") { text.removeLast() }
            return text
        }
    }

    mutating func receive(_ output: String) {
        var rest = Substring(output)
        while let character = rest.popFirst() {
            switch character {
            case "\n":
                lineFeed()
                column = 0
            case "\r": column = 0
            case "\u{1B}": obey(&rest)
            default: write(character)
            }
        }
    }

    private mutating func obey(_ rest: inout Substring) {
        precondition(rest.popFirst() == "[", "only control sequences are known here")
        let parameter = rest.prefix { $0.isNumber }
        rest = rest.dropFirst(parameter.count)
        switch rest.popFirst() {
        case "A": row = max(0, row - (Int(parameter) ?? 1))
        case "K": rows[row].removeLast(max(0, rows[row].count - column))
        case "J":
            rows[row].removeLast(max(0, rows[row].count - column))
            rows.removeLast(rows.count - row - 1)
        case "m": break
        case let other: preconditionFailure("unknown sequence \(String(describing: other))")
        }
    }

    private mutating func write(_ character: Character) {
        if column == columns {
            lineFeed()
            column = 0
        }
        while rows[row].count <= column { rows[row].append(" ") }
        rows[row][column] = character
        column += 1
    }

    private mutating func lineFeed() {
        row += 1
        if row == rows.count { rows.append([]) }
        if rows.count > height {
            scrolledOff.append(String(rows.removeFirst()))
            row -= 1
        }
    }
}
