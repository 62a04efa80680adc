import Foundation
import Logging
import ProgramSupport
import Synchronization
import Testing

@Suite struct JSONLogTests {
    private final class Lines: Sendable {
        let lines = Mutex<[String]>([])
    }

    private static func line(_ message: String, _ metadata: Logger.Metadata = [:]) -> LogLine {
        LogLine(
            time: "2026-11-22T21:00:02.125Z", level: .notice, logger: "peer-1", message: message, metadata: metadata)
    }

    @Test func keysAreAlwaysInOneOrder() {
        #expect(
            Self.line("link cut", ["from": "10.0.0.1", "because": "it takes no chunks"]).json
                == #"{"time":"2026-11-22T21:00:02.125Z","level":"notice","logger":"peer-1","message":"link cut","#
                + #""metadata":{"because":"it takes no chunks","from":"10.0.0.1"}}"#)
        #expect(Self.line("x").json.hasSuffix(#""message":"x","metadata":{}}"#))
    }

    @Test(arguments: [
        "", "plain", "quote \" and back \\ slash", "lines\r\n\tand tabs", "\u{0}\u{1B}[31m\u{7F}\u{9B}", "ü 🐻 \u{2028}",
        #"{"a":1}"#,
    ]) func anyTextComesBackAndStaysOnItsLine(_ text: String) throws {
        let json = Self.line(text, [text: "\(text)", "nested": ["list": [.string(text), "b"]]]).json
        #expect(!json.contains { $0.isNewline })
        #expect(!json.unicodeScalars.contains { $0.value < 0x20 || (0x7F..<0xA0).contains($0.value) })
        let object = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
        #expect(Set(object.keys) == ["time", "level", "logger", "message", "metadata"])
        #expect(object["message"] as? String == text)
        let metadata = try #require(object["metadata"] as? [String: Any])
        #expect(metadata[text] as? String == text)
        #expect((metadata["nested"] as? [String: [String]])?["list"] == [text, "b"])
    }

    @Test func aLoggerWritesWhatItIsTold() throws {
        let written = Lines()
        var logger = Logger(label: "peer-1") { label in
            JSONLogHandler(label: label) { line in written.lines.withLock { $0.append(line) } }
        }
        logger.logLevel = .info
        logger[metadataKey: "name"] = "big.img"
        logger.debug("not this")
        logger.warning("wrong bytes", metadata: ["chunk": "\(7)", "name": "other.img"])
        let lines = written.lines.withLock { $0 }
        #expect(lines.count == 1)
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(lines[0].utf8)) as? [String: Any])
        #expect(object["level"] as? String == "warning")
        #expect(object["logger"] as? String == "peer-1")
        #expect(object["message"] as? String == "wrong bytes")
        #expect(object["metadata"] as? [String: String] == ["chunk": "7", "name": "other.img"])
        // RFC 3339, in UTC.
        let time = try #require(object["time"] as? String)
        #expect(time.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/) != nil)
        let read = try Date(time, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        #expect(abs(read.timeIntervalSinceNow) < 600)
    }
}
