import GossipNode
import Logging

/// Writes each line of the log as a JSON object.
package struct JSONLogHandler: LogHandler {
    package var metadata: Logger.Metadata = [:]
    package var logLevel = Logger.Level.info
    private let label: String
    private let write: @Sendable (String) -> Void

    /// - Parameters:
    ///   - label: what the lines are said to come from.
    ///   - write: given each line without its end; standard error unless told otherwise.
    package init(label: String, write: @escaping @Sendable (String) -> Void = { Console.note($0) }) {
        self.label = label
        self.write = write
    }

    package func log(event: LogEvent) {
        var metadata = metadata.merging(event.metadata ?? [:]) { $1 }
        if let error = event.error { metadata["error"] = "\(error)" }
        write(
            LogLine(
                time: WallClock.now, level: event.level, logger: label, message: "\(event.message)", metadata: metadata
            ).json)
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }
}
