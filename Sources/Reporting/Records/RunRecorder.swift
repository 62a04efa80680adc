import GossipCore
import GossipWire

/// Turns the nodes' cumulative reports into one record a cycle.
///
/// The cycle in which every peer has become complete is the last. Reports may come in any order, twice, or not at all. A cycle is recorded once every node has reported it; a node
/// whose report is lost keeps its last state, and what it counted meanwhile shows in the cycle of its next report.
/// Memory is bounded by the nodes times a few open cycles: records are handed out and forgotten.
package struct RunRecorder: Sendable {
    /// Reports that were not recorded, by reason.
    package struct Ignored: Equatable, Sendable {
        /// From a node that is not in the run, or about another torrent.
        package var strangers = 0
        /// A second report of a node for one cycle; the later one stands.
        package var duplicates = 0
        /// For a cycle that was recorded already.
        package var late = 0
        /// With a chunk count that is not the run's, more chunks held than there are, or a cycle far in the future.
        package var implausible = 0
    }

    /// After so many newer cycles a cycle is recorded without the reports that are still missing.
    static let openCycles: Cycle = 4
    /// A report further ahead of all others than this is a mistake, not news.
    static let furthestJump: Cycle = 10_000

    package let nodes: [RecordedNode]
    package let chunkCount: UInt32
    package private(set) var totals = RunTotals()
    package private(set) var ignored = Ignored()
    /// The first recorded cycle at whose end every peer held every chunk.
    package private(set) var completionCycle: Cycle?
    /// The newest cycle that any node reported.
    package private(set) var newestCycle: Cycle = 0
    /// The newest cycle in which a report showed more chunks at a peer than before; for whoever waits for a stall.
    package private(set) var lastGainCycle: Cycle = 0

    private let torrent: String?
    private let indexes: [String: Int]
    private var open: [Cycle: [NodeState?]] = [:]
    private var nextCycle: Cycle = 0
    /// As of the last recorded cycle.
    private var recorded: [NodeState]
    /// As of each node's newest report.
    private var newest: [(cycle: Cycle, state: NodeState)?]
    /// Where each node's newest report came from, and who is there.
    private var references: [String]
    private var indexesByReference: [String: Int] = [:]

    /// - Parameters:
    ///   - nodes: Everyone whose reports count, names unique; records keep this order.
    ///   - chunkCount: Of the file.
    ///   - torrent: In hex; nil to take any.
    package init(nodes: [RecordedNode], chunkCount: UInt32, torrent: String? = nil) {
        self.nodes = nodes
        self.chunkCount = chunkCount
        self.torrent = torrent
        indexes = Dictionary(nodes.enumerated().map { ($1.name, $0) }) { first, _ in first }
        precondition(indexes.count == nodes.count, "the nodes of a run have names of their own")
        recorded = nodes.map { NodeState(chunksHeld: $0.role == .seed ? chunkCount : 0) }
        newest = nodes.map { _ in nil }
        references = nodes.map { _ in "" }
    }

    /// Whether each peer holds every chunk by its newest report, recorded or not.
    package var isEveryPeerComplete: Bool {
        nodes.indices.allSatisfy { index in
            nodes[index].role == .seed || (newest[index]?.state ?? recorded[index]).chunksHeld == chunkCount
        }
    }

    /// Whether every node has reported a cycle, or it was recorded without.
    package func isSettled(_ cycle: Cycle) -> Bool {
        cycle < nextCycle || isComplete(cycle)
    }

    /// Takes a report in.
    ///
    /// - Returns: The cycles that can now be recorded, in order; mostly none, and one with each cycle's last report.
    package mutating func record(_ report: ProgressReport) -> [CycleRecord] {
        guard let index = indexes[report.node], torrent == nil || torrent == report.torrent else {
            ignored.strangers += 1
            return []
        }
        guard report.chunkCount == chunkCount, report.chunksHeld <= chunkCount,
            report.cycle <= newestCycle || report.cycle - newestCycle <= Self.furthestJump
        else {
            ignored.implausible += 1
            return []
        }
        note(report.peerReference, of: index)
        note(NodeState(report), of: index, at: report.cycle)
        guard report.cycle >= nextCycle else {
            ignored.late += 1
            return []
        }
        if open[report.cycle, default: nodes.map { _ in nil }][index] != nil { ignored.duplicates += 1 }
        open[report.cycle, default: nodes.map { _ in nil }][index] = NodeState(report)
        var records: [CycleRecord] = []
        while completionCycle == nil, canClose(nextCycle) { records.append(close()) }
        return records
    }

    /// Records what is left at the run's end.
    ///
    /// - Parameter last: The last cycle to record; nil for the newest that any node reported.
    package mutating func finish(through last: Cycle? = nil) -> [CycleRecord] {
        var records: [CycleRecord] = []
        while completionCycle == nil, nextCycle <= min(last ?? newestCycle, newestCycle) { records.append(close()) }
        return records
    }

    private mutating func note(_ reference: String, of index: Int) {
        guard references[index] != reference else { return }
        if indexesByReference[references[index]] == index { indexesByReference[references[index]] = nil }
        references[index] = reference
        indexesByReference[reference] = index
    }

    /// In the order of the run's nodes; whoever is none of them comes last.
    private func links(_ sentTo: [String: UInt32]) -> [NodeRecord.Link] {
        let known = sentTo.map {
            (index: indexesByReference[$0.key] ?? nodes.count, reference: $0.key, count: $0.value)
        }
        return known.sorted { ($0.index, $0.reference) < ($1.index, $1.reference) }.map { link in
            NodeRecord.Link(
                to: link.index < nodes.count ? nodes[link.index].name : link.reference, messages: link.count)
        }
    }

    private mutating func note(_ state: NodeState, of index: Int, at cycle: Cycle) {
        newestCycle = max(newestCycle, cycle)
        if let known = newest[index], known.cycle > cycle { return }
        let held = newest[index]?.state.chunksHeld ?? recorded[index].chunksHeld
        if nodes[index].role == .peer, state.chunksHeld > held { lastGainCycle = max(lastGainCycle, cycle) }
        newest[index] = (cycle, state)
    }

    private func isComplete(_ cycle: Cycle) -> Bool {
        guard let states = open[cycle] else { return false }
        return states.allSatisfy { $0 != nil }
    }

    /// All have reported it, or those who have not are two reports further, or it is too old to wait for.
    private func canClose(_ cycle: Cycle) -> Bool {
        guard cycle <= newestCycle else { return false }
        if newestCycle - cycle >= Self.openCycles || isComplete(cycle) { return true }
        return nodes.indices.allSatisfy { index in
            if let states = open[cycle], states[index] != nil { return true }
            return newest[index].map { $0.cycle >= cycle + 2 } ?? false
        }
    }

    private mutating func close() -> CycleRecord {
        let states = open.removeValue(forKey: nextCycle)
        var record = CycleRecord(cycle: nextCycle, chunkCount: chunkCount, nodes: [])
        for index in nodes.indices {
            let before = recorded[index]
            let now = states?[index] ?? before
            let messages = now.messages.since(before.messages)
            record.nodes.append(
                NodeRecord(
                    node: nodes[index], chunksHeld: now.chunksHeld, messages: messages,
                    links: links(states?[index]?.sentTo ?? [:])))
            totals.messages += messages
            let bytesSent = now.bytesSentSince(before)
            totals.bytesSent += bytesSent
            totals.bytesReceived += now.bytesReceivedSince(before)
            if nodes[index].role == .seed { totals.seedBytesSent += bytesSent }
            recorded[index] = now
        }
        if completionCycle == nil, record.completePeers == record.peerCount { completionCycle = nextCycle }
        nextCycle += 1
        return record
    }
}
