/// Where progress is shown: a terminal, on which lines are redrawn in place, or anything else, which gets plain lines.
///
/// A terminal that goes away takes the progress with it and nothing else: failed writes are not reported.
package struct LiveTerminal: Sendable {
    package let features: TerminalFeatures
    private let descriptor: Int32
    private var frame = LiveFrame()
    private var shown: [TextLine] = []

    /// - Parameters:
    ///   - descriptor: 1 or 2 mostly; it stays open.
    ///   - features: nil to find out.
    package init(_ descriptor: Int32, features: TerminalFeatures? = nil) {
        self.descriptor = descriptor
        self.features = features ?? .detect(descriptor)
    }

    package var size: TerminalSize { .of(descriptor) }

    /// Shows lines in place of those shown before; does nothing unless it is live.
    package mutating func show(_ lines: [TextLine]) {
        guard features.isLive else { return }
        shown = lines
        send(frame.replace(with: lines, size: size, isColored: features.isColored))
    }

    /// Writes a line that stays, above the ones that are redrawn.
    package mutating func print(_ line: TextLine) {
        var text = features.isLive ? frame.clear(size: size) : ""
        text += line.text(isColored: features.isColored) + "\n"
        if features.isLive, !shown.isEmpty {
            text += frame.replace(with: shown, size: size, isColored: features.isColored)
        }
        send(text)
    }

    /// Leaves the lines as they are; what comes next is written below them.
    package mutating func finish() {
        frame.leave()
        shown = []
    }

    private func send(_ text: String) {
        _ = SystemFault.write(text, to: descriptor)
    }
}
