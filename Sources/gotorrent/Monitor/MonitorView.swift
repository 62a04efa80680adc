import GossipNode
import GossipWire
import Reporting

/// What `gotorrent monitor` shows: a live table on a terminal, a line a cycle elsewhere.
actor MonitorView {
    private static let period = Duration.milliseconds(100)

    private var board = SwarmBoard()
    private var terminal: LiveTerminal
    private var isDirty = true

    init(_ descriptor: Int32) {
        terminal = LiveTerminal(descriptor)
    }

    /// Shows what the bus says, and records it, until the task is cancelled.
    func follow(_ deliveries: AsyncStream<BusDelivery>, _ record: MonitorRecord?) async throws {
        try await withThrowingTaskGroup { group in
            group.addTask { try await self.take(deliveries, record) }
            group.addTask { try await self.redrawNowAndThen() }
            defer { group.cancelAll() }
            try await group.next()
        }
        redraw()
        terminal.finish()
    }

    private func take(_ deliveries: AsyncStream<BusDelivery>, _ record: MonitorRecord?) async throws {
        for await delivery in deliveries {
            try await record?.take(delivery)
            guard let message = delivery.message else { continue }
            // A tick closes the cycle before: all that will be said of it mostly has been.
            if case .cycle = message, !terminal.features.isLive, board.hasReports {
                terminal.print(TextLine(ProgressLine.text(board)))
            }
            board.take(message)
            isDirty = true
        }
    }

    private func redrawNowAndThen() async throws {
        while true {
            redraw()
            try await Task.sleep(for: Self.period)
        }
    }

    private func redraw() {
        guard isDirty, terminal.features.isLive else { return }
        isDirty = false
        let size = terminal.size
        let table = SwarmTable(board, isUnicode: terminal.features.isUnicode)
        terminal.show(table.lines(width: size.columns, height: size.rows - 1))
    }
}
