import Foundation
import Testing

@testable import Reporting

/// The same through a terminal that the kernel makes up.
@Suite struct PseudoTerminalTests {
    @Test func theWindowsSizeIsFoundAndLinesAreCutToIt() throws {
        var controller: Int32 = -1
        var descriptor: Int32 = -1
        var size = winsize(ws_row: 4, ws_col: 11, ws_xpixel: 0, ws_ypixel: 0)
        try #require(openpty(&controller, &descriptor, nil, nil, &size) == 0)
        let master = FileHandle(fileDescriptor: controller, closeOnDealloc: true)
        let terminal = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)

        let features = TerminalFeatures.detect(terminal.fileDescriptor) { $0 == "TERM" ? "xterm" : nil }
        #expect(features == TerminalFeatures(isLive: true, isColored: true, isUnicode: false))
        var live = LiveTerminal(terminal.fileDescriptor, features: features)
        #expect(live.size == TerminalSize(columns: 11, rows: 4))
        live.show([TextLine("0123456789abc", .strong), "b", "c", "d", "e"])
        live.show(["z"])

        let first = "\u{1B}[1m0123456789\u{1B}[0m\u{1B}[K\r\nb\u{1B}[K\r\nc\u{1B}[K\r\n\u{1B}[J"
        let expected = first + "\r\u{1B}[3Az\u{1B}[K\r\n\u{1B}[J"
        // The kernel hands on what was written in as many parts as it likes.
        var shown = Data()
        while shown.count < expected.utf8.count {
            let part = master.availableData
            if part.isEmpty { break }
            shown += part
        }
        #expect(String(decoding: shown, as: UTF8.self) == expected)
    }
}
