import GossipCore
import GossipWire

/// The newest that the bus said of each node: what the live table shows.
package struct SwarmBoard: Sendable {
    package struct Entry: Equatable, Sendable {
        package var torrent: String
        package var node: RecordedNode
        package var report: ProgressReport?
        /// The last event, other than `completed`, which the report shows.
        package var status: SwarmEvent.Kind?
    }

    /// Nodes beyond these are not shown: anyone may publish under any name.
    static let mostEntries = 10_000

    /// What the run is called; nil for a monitor, which is not told.
    package let name: String?
    package let style: GossipStyle?
    /// Δ, from the clock's ticks or the topology.
    package private(set) var intervalMilliseconds: UInt64?
    /// The cycle that the clock is in, 0 before the first tick.
    package private(set) var cycle: Cycle = 0
    /// Seeds first, then by name, `peer2` before `peer10`.
    package var entries: [Entry] { order.compactMap { known[$0] } }

    private struct Key: Hashable {
        let torrent: String
        let node: String
    }

    private let torrent: String?
    private let isClosed: Bool
    private var known: [Key: Entry] = [:]
    private var order: [Key] = []

    /// A monitor's board, which shows whoever reports.
    package init() {
        name = nil
        style = nil
        torrent = nil
        isClosed = false
    }

    /// A run's board, which shows the run's nodes in their order, and nobody else.
    ///
    /// - Parameter torrent: In hex; nil to take any.
    package init(
        name: String, style: GossipStyle, intervalMilliseconds: UInt64, nodes: [RecordedNode], torrent: String? = nil
    ) {
        self.name = name
        self.style = style
        self.intervalMilliseconds = intervalMilliseconds
        self.torrent = torrent
        isClosed = true
        for node in nodes { add(Entry(torrent: "", node: node), at: order.count) }
    }

    /// Takes in what the bus said.
    package mutating func take(_ message: BusMessage) {
        switch message {
        case .cycle(let tick):
            cycle = tick.cycle
            intervalMilliseconds = tick.intervalMilliseconds
        case .progress(let report):
            guard report.chunksHeld <= report.chunkCount, isOurs(report.torrent) else { return }
            let key = key(report.torrent, report.node)
            if known[key] == nil {
                addStranger(
                    Entry(torrent: report.torrent, node: RecordedNode(name: report.node, role: report.role)))
            }
            known[key]?.report = report
            known[key]?.status = nil
        case .event(let event):
            // A node whose role is not known yet is shown with its first report.
            guard event.kind != .completed, isOurs(event.torrent) else { return }
            known[key(event.torrent, event.node)]?.status = event.kind
        }
    }

    private func isOurs(_ torrent: String) -> Bool { self.torrent == nil || self.torrent == torrent }

    /// A run has one torrent, so there the name is enough.
    private func key(_ torrent: String, _ node: String) -> Key { Key(torrent: isClosed ? "" : torrent, node: node) }

    private mutating func addStranger(_ entry: Entry) {
        guard !isClosed, order.count < Self.mostEntries else { return }
        // The place in the order, by halves.
        var first = 0
        var end = order.count
        while first < end {
            let middle = (first + end) / 2
            let isAfter = known[order[middle]].map { Self.comesBefore($0, entry) } ?? false
            if isAfter { first = middle + 1 } else { end = middle }
        }
        add(entry, at: first)
    }

    private mutating func add(_ entry: Entry, at index: Int) {
        let key = key(entry.torrent, entry.node.name)
        known[key] = entry
        order.insert(key, at: index)
    }

    private static func comesBefore(_ left: Entry, _ right: Entry) -> Bool {
        if left.torrent != right.torrent { return left.torrent < right.torrent }
        if left.node.role != right.node.role { return left.node.role == .seed }
        return NaturalOrder.comesBefore(left.node.name, right.node.name)
    }
}
