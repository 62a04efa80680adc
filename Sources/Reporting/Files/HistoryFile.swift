/// A file of what happened to a swarm, such as a run's `events.csv`, written while it happens.
package struct HistoryFile: ~Copyable {
    private let file: OutputFile

    /// Begins the file with its header.
    /// - Throws: `ReportingError` where it is there already or cannot be made.
    package init(path: String) throws(ReportingError) {
        let file = try OutputFile(path: path)
        try file.append(CSVText.eventsHeader)
        self.init(file)
    }

    private init(_ file: consuming OutputFile) {
        self.file = file
    }

    package borrowing func append(_ entries: [HistoryEntry]) throws(ReportingError) {
        for entry in entries { try file.append(CSVText.row(entry)) }
    }
}
