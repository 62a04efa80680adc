/// The bytes that replace one set of lines on a terminal by another.
///
/// The cursor stays below the lines and visible, and nothing about the terminal is switched: there is nothing to put
/// back, whenever the program ends.
struct LiveFrame {
    /// The widths of the lines on the screen.
    private var widths: [Int] = []

    /// What to send to show lines in place of those shown before.
    ///
    /// - Parameters:
    ///   - size: Of the window now; lines are cut to it, so that none wraps and the first can be reached again.
    mutating func replace(with lines: [TextLine], size: TerminalSize, isColored: Bool) -> String {
        let width = max(1, size.columns - 1)
        let shown = lines.prefix(max(1, size.rows - 1))
        // Each line is written over the old one and then cleared to its end: without a blank moment nothing flickers.
        let text = toFirstLine(size) + shown.map { $0.text(isColored: isColored, width: width) + "\u{1B}[K\n" }.joined()
        widths = shown.map { min($0.width, width) }
        return text + "\u{1B}[J"
    }

    /// What to send to take the lines away and leave the cursor where they began.
    mutating func clear(size: TerminalSize) -> String {
        let text = toFirstLine(size)
        let isShown = !widths.isEmpty
        widths = []
        return isShown ? text + "\u{1B}[J" : ""
    }

    /// Leaves the lines where they are; the next ones come below.
    mutating func leave() {
        widths = []
    }

    private func toFirstLine(_ size: TerminalSize) -> String {
        guard !widths.isEmpty else { return "" }
        // A window made narrower has wrapped the lines on its screen.
        let rows = widths.reduce(0) { $0 + max(1, ($1 + size.columns - 1) / size.columns) }
        return "\r\u{1B}[\(rows)A"
    }
}
