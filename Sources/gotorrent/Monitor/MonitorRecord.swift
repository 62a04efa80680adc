import GossipNode
import GossipWire
import Reporting

/// What `gotorrent monitor --record` writes: what happened to the swarm, and when.
actor MonitorRecord {
    private static let period = Duration.milliseconds(200)

    private var history = SwarmHistory(start: .now)
    private let file: HistoryFile

    /// - Throws: `ReportingError` where the file is there already or cannot be made.
    init(path: String) throws(ReportingError) {
        file = try HistoryFile(path: path)
    }

    func take(_ delivery: BusDelivery) throws(ReportingError) {
        guard let message = delivery.message else { return }
        try file.append(history.take(message, at: .now))
    }

    /// Looks for who is heard no more, until the task is cancelled.
    func watch() async throws {
        while true {
            try await Task.sleep(for: Self.period)
            try file.append(history.look(at: .now))
        }
    }
}
