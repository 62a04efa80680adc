import Logging

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A log that is a file, for one node of many in a process: each line as a process of its own would write it.
///
/// The file is open while a line is written and no longer: a node says little, and a thousand of them would keep a
/// thousand descriptors for it.
package struct FileLog: LogHandler {
    private let label: String
    private let path: String
    package var metadata: Logger.Metadata = [:]
    package var logLevel = Logger.Level.info

    /// - Parameter label: what the lines call the node.
    /// - Returns: a logger whose lines are added to the file.
    package static func logger(_ label: String, path: String, _ format: LogFormat) -> Logger {
        switch format {
        case .text: Logger(label: label) { FileLog(label: $0, path: path) }
        case .json: Logger(label: label) { JSONLogHandler(label: $0) { append("\($0)\n", to: path) } }
        }
    }

    private init(label: String, path: String) {
        self.label = label
        self.path = path
    }

    package func log(event: LogEvent) {
        let facts = metadata.merging(event.metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }
            .map { " \($0.key)=\($0.value)" }.joined()
        Self.append("\(Self.timeNow) \(event.level) \(label):\(facts) [\(event.source)] \(event.message)\n", to: path)
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    /// A log that cannot be written is no reason to end a node.
    private static func append(_ line: String, to path: String) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        let bytes = Array(line.utf8)
        _ = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    }

    private static var timeNow: String {
        var now = time(nil)
        var parts = tm()
        guard localtime_r(&now, &parts) != nil else { return "?" }
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { text in
            guard let start = text.baseAddress, strftime(start, text.count, "%Y-%m-%dT%H:%M:%S%z", &parts) > 0 else {
                return "?"
            }
            return String(cString: start)
        }
    }
}
