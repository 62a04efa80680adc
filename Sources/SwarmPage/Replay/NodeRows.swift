import GossipCore

/// Reads `nodes.csv`.
struct NodeRows {
    static let header = [
        "cycle", "node", "role", "chunks_held", "fraction", "sent", "useful", "redundant", "missed", "late",
    ]

    private(set) var nodes: [(name: String, role: NodeRole)] = []
    private(set) var rows: [Cycle: [RecordedRun.Row]] = [:]
    private var indexes: [String: Int] = [:]
    /// The most that any node held: all chunks, for a run has a seed.
    private(set) var chunkCount: UInt32 = 0

    /// - Throws: `RunFault` where the row is not what `gotorrent run` writes.
    mutating func take(_ row: Int, _ fields: [String]) throws(RunFault) {
        if row == 1 {
            guard Array(fields.prefix(Self.header.count)) == Self.header else {
                throw RunFault("nodes.csv:1: the header must be \(Self.header.joined(separator: ","))")
            }
            return
        }
        guard fields.count >= Self.header.count, let cycle = Cycle(fields[0]), let role = NodeRole(rawValue: fields[2]),
            let held = UInt32(fields[3])
        else { throw RunFault("nodes.csv:\(row): it must be \(Self.header.joined(separator: ","))") }
        var messages = MessageCounts()
        let paths = [\MessageCounts.sent, \.useful, \.redundant, \.missed, \.late]
        for (path, field) in zip(paths, fields[5...]) {
            guard let count = UInt64(field), count <= 1 << 53 else {
                throw RunFault("nodes.csv:\(row): \(field) is no number of messages")
            }
            messages[keyPath: path] = count
        }
        let index = indexes[fields[1]] ?? nodes.count
        if index == nodes.count {
            indexes[fields[1]] = index
            nodes.append((fields[1], role))
        }
        chunkCount = max(chunkCount, held)
        rows[cycle, default: []].append(RecordedRun.Row(node: index, chunksHeld: held, messages: messages))
    }
}
