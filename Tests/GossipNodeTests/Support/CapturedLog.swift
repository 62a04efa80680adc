import Logging

/// Keeps what a node logs, for a test to look at.
struct CapturedLog: Sendable {
    struct Line: Sendable, CustomStringConvertible {
        let level: Logger.Level
        let message: String
        let metadata: [String: String]

        var description: String { "\(level) \(message) \(metadata)" }
    }

    let lines = Watched<[Line]>([])

    var logger: Logger {
        Logger(label: "test") { _ in Handler(lines: lines) }
    }

    func lines(saying message: String) -> [Line] {
        lines.current.filter { $0.message == message }
    }

    /// Blocks until the node has logged this message so many times.
    func waitFor(_ message: String, count: Int = 1) -> Bool {
        lines.wait { $0.count { $0.message == message } >= count }
    }

    private struct Handler: LogHandler {
        let lines: Watched<[Line]>
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        func log(event: LogEvent) {
            let metadata = (event.metadata ?? [:]).mapValues { "\($0)" }
            lines.update { $0.append(Line(level: event.level, message: "\(event.message)", metadata: metadata)) }
        }

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }
    }
}
