import Foundation
import Testing

@testable import Reporting

@Suite struct LiveTerminalTests {
    /// What a terminal is sent, through a pipe.
    private func sent(_ features: TerminalFeatures, _ body: (inout LiveTerminal) -> Void) throws -> String {
        let pipe = Pipe()
        var terminal = LiveTerminal(pipe.fileHandleForWriting.fileDescriptor, features: features)
        body(&terminal)
        try pipe.fileHandleForWriting.close()
        return String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    }

    @Test func whatIsNoTerminalGetsPlainLinesAlone() throws {
        let plain = TerminalFeatures(isLive: false, isColored: false, isUnicode: true)
        let text = try sent(plain) { terminal in
            terminal.show(["table"])
            terminal.print(TextLine("cycle 1", .strong))
            terminal.show(["table"])
            terminal.finish()
        }
        #expect(text == "cycle 1\n")
    }

    @Test func linesThatStayGoAboveTheTable() throws {
        let live = TerminalFeatures(isLive: true, isColored: false, isUnicode: true)
        let text = try sent(live) { terminal in
            terminal.show(["table", "of two lines"])
            terminal.print("peer1 failed")
            terminal.finish()
            terminal.print("done")
        }
        var screen = ScreenModel(columns: 80, height: 24)
        screen.receive(text)
        #expect(screen.text == ["peer1 failed", "table", "of two lines", "done", ""])
    }

    @Test func aPipeIsNoTerminalAndHasAStandardSize() {
        let pipe = Pipe()
        let terminal = LiveTerminal(pipe.fileHandleForWriting.fileDescriptor)
        #expect(!terminal.features.isLive)
        #expect(terminal.size == TerminalSize(columns: 80, rows: 24))
    }

    @Test func aClosedDescriptorDoesNoHarm() {
        var terminal = LiveTerminal(-1, features: TerminalFeatures(isLive: true, isColored: true, isUnicode: true))
        terminal.show(["x"])
        terminal.print("y")
    }

    @Test(
        arguments: [
            (true, ["TERM": "xterm", "LANG": "en_US.UTF-8"], true, true, true),
            (true, ["TERM": "xterm", "LANG": "de_DE.utf8", "NO_COLOR": "0"], true, false, true),
            (true, ["TERM": "xterm", "NO_COLOR": ""], true, true, false),
            (true, ["TERM": "dumb", "LC_ALL": "C", "LANG": "en_US.UTF-8"], false, false, false),
            (true, ["LC_CTYPE": "C.UTF-8", "LC_ALL": ""], false, false, true),
            (false, ["TERM": "xterm", "LANG": "POSIX"], false, false, false),
        ] as [(Bool, [String: String], Bool, Bool, Bool)])
    func theEnvironmentDecides(
        isTerminal: Bool, environment: [String: String], isLive: Bool, isColored: Bool, isUnicode: Bool
    ) {
        #expect(
            TerminalFeatures.detect(isTerminal: isTerminal) { environment[$0] }
                == TerminalFeatures(isLive: isLive, isColored: isColored, isUnicode: isUnicode))
    }
}
