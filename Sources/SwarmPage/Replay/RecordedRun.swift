import GossipCore
import GossipTrace
import GossipWire

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A finished run as its directory tells it, read once and then looked at cycle by cycle.
package struct RecordedRun: Sendable {
    struct Row: Sendable {
        let node: Int
        let chunksHeld: UInt32
        /// Of that cycle alone.
        let messages: MessageCounts
    }

    /// Of `summary.json`, as far as it is there.
    private struct Summary: Decodable {
        var name: String?
        var chunks: UInt32?
        var intervalMilliseconds: UInt64?

        private enum CodingKeys: String, CodingKey {
            case name, chunks
            case intervalMilliseconds = "interval_ms"
        }
    }

    let name: String?
    let intervalMilliseconds: UInt64
    let chunkCount: UInt32
    private(set) var nodes: [(name: String, role: NodeRole)] = []
    /// By cycle, from `first` on, in the order of the file.
    private(set) var cycles: [[Row]] = []
    /// By cycle and the sender's place in `nodes`: how many messages went to whom, by name. Nil where nobody told.
    private(set) var links: [Cycle: [Int: [String: UInt32]]]?
    private(set) var first: Cycle = 0
    private(set) var events: [EventPart] = []
    /// Where the run was recorded with `--trace`: what each node held, by cycle.
    private(set) var holdings: [String: [Cycle: ChunkSet]] = [:]

    package var firstCycle: UInt64 { first }
    package var lastCycle: UInt64 { first + UInt64(cycles.count) - 1 }
    package var hasHoldings: Bool { !holdings.isEmpty }

    /// - Parameters:
    ///   - summary: the bytes of `summary.json`; nil of a run that did not end.
    ///   - nodes: of `nodes.csv`.
    ///   - links: of `links.csv`; nil where there is none.
    ///   - events: of `events.csv`; nil likewise.
    ///   - traces: what recorded nodes held, if they were recorded.
    /// - Throws: `RunFault` that names the file, its row and what would be right.
    package init(
        summary: [UInt8]?, nodes: [UInt8], links: [UInt8]?, events: [UInt8]?, traces: [TraceHoldings]
    ) throws(RunFault) {
        let known = summary.flatMap { try? JSONDecoder().decode(Summary.self, from: Data($0)) }
        if summary != nil, known == nil { throw RunFault("summary.json is no JSON object of a run") }
        name = known?.name
        intervalMilliseconds = min(known?.intervalMilliseconds ?? 1000, 86_400_000)
        var reader = NodeRows()
        try CSVRows.forEach(nodes) { row, fields throws(RunFault) in try reader.take(row, fields) }
        guard let first = reader.rows.keys.min(), let last = reader.rows.keys.max() else {
            throw RunFault("nodes.csv has no row; the run recorded nothing")
        }
        guard last - first < 1_000_000 else { throw RunFault("nodes.csv has cycles from \(first) to \(last)") }
        chunkCount = known?.chunks ?? reader.chunkCount
        self.first = first
        self.nodes = reader.nodes
        cycles = (first...last).map { reader.rows[$0] ?? [] }
        if let links { self.links = try Self.links(links, of: reader.nodes.map(\.name)) }
        if let events { self.events = try Self.events(events) }
        for trace in traces where trace.chunkCount == chunkCount {
            holdings[trace.node] = Dictionary(trace.held.map { ($0.cycle, $0.chunks) }) { $1 }
        }
    }

    private static func links(_ text: [UInt8], of names: [String])
        throws(RunFault) -> [Cycle: [Int: [String: UInt32]]]?
    {
        let places = Dictionary(names.enumerated().map { ($0.element, $0.offset) }) { first, _ in first }
        var links: [Cycle: [Int: [String: UInt32]]] = [:]
        try CSVRows.forEach(text) { row, fields throws(RunFault) in
            guard row > 1 else { return }
            guard fields.count >= 4, let cycle = Cycle(fields[0]), let from = places[fields[1]],
                let messages = UInt32(fields[3])
            else { throw RunFault("links.csv:\(row): it must be cycle,from,to,messages, with nodes of nodes.csv") }
            links[cycle, default: [:]][from, default: [:]][fields[2]] = messages
        }
        return links.isEmpty ? nil : links
    }

    private static func events(_ text: [UInt8]) throws(RunFault) -> [EventPart] {
        var events: [EventPart] = []
        try CSVRows.forEach(text) { row, fields throws(RunFault) in
            guard row > 1 else { return }
            guard fields.count >= 5, let cycle = UInt64(fields[0]), let seconds = Double(fields[1]), seconds.isFinite
            else { throw RunFault("events.csv:\(row): it must be cycle,seconds,node,event,detail,torrent") }
            events.append(
                EventPart(cycle: cycle, seconds: seconds, node: fields[2], event: fields[3], detail: fields[4]))
        }
        return events
    }
}
