import Logging
import Reporting

/// A log whose lines appear above what is redrawn on the terminal.
struct DisplayedLog: LogHandler {
    let display: ProgressDisplay
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.notice

    func log(event: LogEvent) {
        let facts = metadata.merging(event.metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }
            .map { " \($0.key)=\($0.value)" }.joined()
        var line = TextLine(
            "\(event.level): ", event.level >= .error ? .bad : event.level >= .warning ? .warning : .dim)
        line.append("\(event.message)\(facts)")
        display.show(.line(line))
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }
}
