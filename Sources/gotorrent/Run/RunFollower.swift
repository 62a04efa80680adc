import GossipCore
import GossipNode
import GossipWire
import Reporting
import Topology

/// Follows a run on the bus: records it, shows it, and notices when it is over or gets nowhere.
actor RunFollower {
    /// What there is to say at the end.
    struct Records: Sendable {
        let totals: RunTotals
        let completionCycle: Cycle?
        let lastCycle: Cycle
        let completePeers: Int
    }

    /// How often the table is redrawn and the run looked at.
    private static let period = Duration.milliseconds(100)
    /// What the start may take, on top of the stall timeout.
    private static let startPatience = Duration.seconds(10)

    private let topology: TopologyDescription
    private let directory: RunDirectory
    private let writer: RunWriter
    private var recorder: RunRecorder
    private var history: SwarmHistory
    private var board: SwarmBoard
    private var terminal: LiveTerminal
    private var isDirty = true
    private var joined: Set<String> = []
    /// The newest cycle that each node reported.
    private var lastReports: [String: Cycle] = [:]
    private var lastRecord: CycleRecord?
    private var hasReports = false
    private var firstTick: Cycle?
    private var newestTick: Cycle = 0
    /// Δ by the newest tick.
    private var interval: Duration
    private var lastGain: (cycle: Cycle, at: ContinuousClock.Instant)

    init(
        _ topology: TopologyDescription, directory: RunDirectory, chunkCount: UInt32, terminal: LiveTerminal
    ) throws {
        self.topology = topology
        self.directory = directory
        self.terminal = terminal
        writer = try RunWriter(directory)
        recorder = RunRecorder(nodes: topology.recordedNodes, chunkCount: chunkCount)
        history = SwarmHistory(names: Set(topology.nodes.map(\.name)), start: .now)
        board = SwarmBoard(
            name: topology.name, style: topology.gossip.style, intervalMilliseconds: topology.cycle.wholeMilliseconds,
            nodes: topology.recordedNodes)
        interval = topology.cycle
        lastGain = (0, .now)
    }

    /// Takes in what the bus says, until every peer is complete.
    func follow(_ deliveries: AsyncStream<BusDelivery>) async throws {
        for await delivery in deliveries {
            guard let message = delivery.message else { continue }
            isDirty = true
            board.take(message)
            try writer.append(history.take(message, at: .now))
            switch message {
            case .cycle(let tick):
                firstTick = firstTick ?? tick.cycle
                newestTick = tick.cycle
                interval = .milliseconds(tick.intervalMilliseconds)
            case .event(let event):
                if event.kind == .joined { joined.insert(event.node) }
            case .progress(let report):
                try record(report)
                if recorder.completionCycle != nil { return }
            }
        }
        try Task.checkCancellation()
        throw LaunchError("the bus fell silent")
    }

    /// Takes in what the bus says, until the clock ticks: every node has come by then.
    func followUntilTick(_ deliveries: AsyncStream<BusDelivery>) async throws {
        for await delivery in deliveries {
            guard let message = delivery.message else { continue }
            board.take(message)
            try writer.append(history.take(message, at: .now))
            switch message {
            case .cycle: return
            case .event(let event):
                if event.kind == .joined { joined.insert(event.node) }
            case .progress: break
            }
        }
        try Task.checkCancellation()
        throw LaunchError("the bus fell silent")
    }

    /// Redraws the table every now and then; throws when the swarm makes no progress.
    func watch() async throws {
        // What came before, such as copying the program to fifty hosts, was not the swarm's time.
        lastGain.at = .now
        while true {
            try await Task.sleep(for: Self.period)
            redraw()
            try writer.append(history.look(at: .now))
            try checkStall()
        }
    }

    /// Closes the record and leaves the table as it is.
    /// - Parameter ending: how the run ended, and why; nil of one that goes on.
    func finish(_ ending: (kind: HistoryEntry.Kind, reason: String)?) throws -> Records {
        // Before the first report there is nothing to record, not even how it began.
        if hasReports { try write(recorder.finish(through: recorder.completionCycle)) }
        if let ending { try writer.append([history.entry(ending.kind, at: .now, ending.reason)]) }
        isDirty = true
        redraw()
        terminal.finish()
        return Records(
            totals: recorder.totals, completionCycle: recorder.completionCycle, lastCycle: lastRecord?.cycle ?? 0,
            completePeers: lastRecord?.completePeers ?? 0)
    }

    private func record(_ report: ProgressReport) throws {
        lastReports[report.node] = report.cycle
        hasReports = true
        try write(recorder.record(report))
        if recorder.lastGainCycle > lastGain.cycle { lastGain = (recorder.lastGainCycle, .now) }
    }

    private func write(_ records: [CycleRecord]) throws {
        try writer.append(records)
        lastRecord = records.last ?? lastRecord
        guard !terminal.features.isLive else { return }
        for record in records { terminal.print(TextLine(ProgressLine.text(record))) }
    }

    private func redraw() {
        guard isDirty, terminal.features.isLive else { return }
        isDirty = false
        let size = terminal.size
        terminal.show(
            SwarmTable(board, isUnicode: terminal.features.isUnicode).lines(width: size.columns, height: size.rows - 1))
    }

    private func checkStall() throws {
        let limit = Cycle(topology.stallTimeoutCycles)
        let quietSince = max(lastGain.cycle, firstTick ?? 0)
        let isStalled = newestTick > quietSince && newestTick - quietSince > limit
        let allowance = interval * topology.stallTimeoutCycles + Self.startPatience
        guard isStalled || ContinuousClock.now - lastGain.at > allowance else { return }
        let report = StallReport(
            topology, joined: joined, lastReports: lastReports, lastRecord: lastRecord, tick: newestTick,
            isClockSilent: !isStalled)
        throw LaunchError(report.text(logs: { [directory] in directory.log(of: $0) }))
    }
}
