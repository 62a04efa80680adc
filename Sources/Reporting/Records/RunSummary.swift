import GossipCore

/// How a run went: `summary.json`.
package struct RunSummary: Equatable, Sendable {
    package var parameters: RunParameters
    /// Whether every peer held a full copy, verified, at the end.
    package var isCompleted: Bool
    /// The first cycle at whose end every peer held every chunk; nil where there was none.
    package var cycles: Cycle?
    /// The last cycle recorded.
    package var lastCycle: Cycle
    /// The peers that held every chunk at its end.
    package var completePeers: Int
    package var totals: RunTotals
    /// From the first process started to the end of the run.
    package var wallSeconds: Double
    package var startedAt: UTCTime

    package init(
        parameters: RunParameters, isCompleted: Bool, cycles: Cycle?, lastCycle: Cycle, completePeers: Int,
        totals: RunTotals, wallSeconds: Double, startedAt: UTCTime
    ) {
        self.parameters = parameters
        self.isCompleted = isCompleted
        self.cycles = cycles
        self.lastCycle = lastCycle
        self.completePeers = completePeers
        self.totals = totals
        self.wallSeconds = wallSeconds
        self.startedAt = startedAt
    }

    /// The file's text: the keys that scripts rely on in their order, further ones after them.
    package var json: String {
        let gossip = parameters.gossip
        // The core lists its counters, the six documented ones first, so the file keeps in step with the bus.
        let messages = MessageCounts.fields.map { field in
            (key: field.name, value: JSONText.integer(totals.messages[keyPath: field.path]))
        }
        let members: [(key: String, value: JSONText)] = [
            ("name", .string(parameters.name)),
            ("style", .string(gossip.style.rawValue)),
            ("fanout", .integer(UInt64(gossip.fanout))),
            ("chunk_selection", .string(gossip.chunkSelection.rawValue)),
            ("interval_ms", .integer(parameters.intervalMilliseconds)),
            ("peers", .integer(UInt64(parameters.peerCount))),
            ("chunks", .integer(UInt64(parameters.chunkCount))),
            ("file_bytes", .integer(parameters.fileBytes)),
            ("completed", .bool(isCompleted)),
            ("cycles", cycles.map { .integer($0) } ?? .null),
            ("messages", .object(messages)),
            ("seed_copies", .number(totals.seedCopies(fileBytes: parameters.fileBytes), decimals: 4)),
            ("wall_seconds", .number(wallSeconds, decimals: 3)),
            ("last_cycle", .integer(lastCycle)),
            ("complete_peers", .integer(UInt64(completePeers))),
            ("seeds", .integer(UInt64(parameters.seedCount))),
            ("chunk_size", .integer(parameters.chunkSize)),
            ("separation", .string(gossip.separation.rawValue)),
            ("redundancy", .number(totals.redundancy, decimals: 4)),
            ("bytes", .object([("sent", .integer(totals.bytesSent)), ("received", .integer(totals.bytesReceived))])),
            ("started_at", .string(startedAt.rfc3339)),
            ("peer_choice", .string(gossip.peerChoice.rawValue)),
            ("exchange", .string(gossip.exchange.rawValue)),
        ]
        return JSONText.object(members).text() + "\n"
    }
}
