/// Writes a run's records into its directory while they come.
package struct RunWriter: ~Copyable {
    private let cycles: OutputFile
    private let nodes: OutputFile
    private let links: OutputFile
    private let events: HistoryFile

    /// Begins `cycles.csv`, `nodes.csv`, `links.csv` and `events.csv` with their headers.
    package init(_ directory: RunDirectory) throws(ReportingError) {
        let cycles = try OutputFile(path: directory.cycles)
        let nodes = try OutputFile(path: directory.nodes)
        let links = try OutputFile(path: directory.links)
        try cycles.append(CSVText.cyclesHeader)
        try nodes.append(CSVText.nodesHeader)
        try links.append(CSVText.linksHeader)
        self.init(cycles: cycles, nodes: nodes, links: links, events: try HistoryFile(path: directory.events))
    }

    private init(
        cycles: consuming OutputFile, nodes: consuming OutputFile, links: consuming OutputFile,
        events: consuming HistoryFile
    ) {
        self.cycles = cycles
        self.nodes = nodes
        self.links = links
        self.events = events
    }

    package borrowing func append(_ entries: [HistoryEntry]) throws(ReportingError) {
        try events.append(entries)
    }

    package borrowing func append(_ records: [CycleRecord]) throws(ReportingError) {
        for record in records {
            try cycles.append(CSVText.row(record))
            try nodes.append(CSVText.nodeRows(record))
            try links.append(CSVText.linkRows(record))
        }
    }
}
