import Testing

@testable import Reporting

@Suite struct LiveFrameTests {
    private let size = TerminalSize(columns: 20, rows: 6)

    private func lines(_ texts: String...) -> [TextLine] { texts.map { TextLine($0) } }

    @Test func linesReplaceTheOnesBefore() {
        var frame = LiveFrame()
        var screen = ScreenModel(columns: 20, height: 6)
        screen.receive("$ run\n")
        screen.receive(frame.replace(with: lines("one", "two", "three"), size: size, isColored: true))
        #expect(screen.text == ["$ run", "one", "two", "three", ""])
        screen.receive(frame.replace(with: lines("1"), size: size, isColored: true))
        #expect(screen.text == ["$ run", "1", ""])
        screen.receive(frame.replace(with: lines("a", "b"), size: size, isColored: true))
        #expect(screen.text == ["$ run", "a", "b", ""])
        frame.leave()
        screen.receive(frame.replace(with: lines("next"), size: size, isColored: true))
        #expect(screen.text == ["$ run", "a", "b", "next", ""])
        screen.receive(frame.clear(size: size))
        #expect(screen.text == ["$ run", "a", "b", ""])
        #expect(screen.scrolledOff == [])
    }

    @Test func aHundredFramesAtTheBottomScrollNothingButWhatWasAbove() {
        var frame = LiveFrame()
        var screen = ScreenModel(columns: 20, height: 6)
        for line in 1...5 { screen.receive("shell \(line)\n") }
        for number in 1...100 {
            let long = String(repeating: "x", count: number)
            let shown = (1...(number % 9 + 1)).map { TextLine("\($0) \(long)", .good) }
            screen.receive(frame.replace(with: shown, size: size, isColored: true))
        }
        #expect(screen.scrolledOff == (1...5).map { "shell \($0)" })
        #expect(screen.text == (1...2).map { "\($0) " + String(repeating: "x", count: 17) } + [""])
    }

    @Test func aNarrowerWindowHasWrappedWhatIsOnIt() {
        var frame = LiveFrame()
        _ = frame.replace(with: lines(String(repeating: "x", count: 19), "short", ""), size: size, isColored: false)
        let narrow = TerminalSize(columns: 8, rows: 6)
        #expect(frame.replace(with: lines("a"), size: narrow, isColored: false) == "\r\u{1B}[5Aa\u{1B}[K\n\u{1B}[J")
    }

    @Test func theSmallestWindowDoesNoHarm() {
        var frame = LiveFrame()
        var screen = ScreenModel(columns: 1, height: 2)
        for _ in 0..<3 {
            screen.receive(
                frame.replace(with: lines("abc", "def"), size: TerminalSize(columns: 1, rows: 1), isColored: true))
        }
        #expect(screen.text.count <= 2)
    }
}
