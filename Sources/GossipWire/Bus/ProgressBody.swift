import GossipCore

/// `progress` as JSON.
struct ProgressBody: Codable {
    let torrent: String
    let node: String
    let role: String
    let peerReference: String
    let cycle: UInt64
    let chunksHeld: UInt32
    let chunkCount: UInt32
    let bitfield: String?
    /// Counters by name; a stranger's node need not have those that only ours keep.
    let messages: [String: UInt64]
    let bytes: Bytes
    let bulkChunkSize: UInt32?
    let sentTo: [String: UInt32]?

    struct Bytes: Codable {
        let sent: UInt64
        let received: UInt64
    }

    private enum CodingKeys: String, CodingKey {
        case torrent, node, role, cycle, bitfield, messages, bytes
        case peerReference = "peer_ref"
        case chunksHeld = "chunks_held"
        case chunkCount = "chunk_count"
        case bulkChunkSize = "bulk_chunk_size"
        case sentTo = "sent_to"
    }

    init(_ report: ProgressReport) {
        torrent = report.torrent
        node = report.node
        role = report.role.rawValue
        peerReference = report.peerReference
        cycle = report.cycle
        chunksHeld = report.chunksHeld
        chunkCount = report.chunkCount
        bitfield = report.bitfield
        messages = Dictionary(
            uniqueKeysWithValues: MessageCounts.fields.map { ($0.name, report.messages[keyPath: $0.path]) })
        bulkChunkSize = report.bulkChunkSize
        sentTo = report.sentTo
        bytes = Bytes(sent: report.bytesSent, received: report.bytesReceived)
    }

    /// Counters up to this are exact in every JSON reader, and their sums do not overflow.
    private static let greatestCount: UInt64 = 1 << 53

    /// Nil where a value is out of bounds.
    var report: ProgressReport? {
        guard let role = NodeRole(rawValue: role), cycle <= CycleBody.greatestCycle, chunksHeld <= chunkCount,
            BusText.isSafe(torrent), BusText.isSafe(node), BusText.isSafe(peerReference), isBitfieldSafe,
            messages.values.allSatisfy({ $0 <= Self.greatestCount }),
            max(bytes.sent, bytes.received) <= Self.greatestCount, bulkChunkSize != 0, isSentToSafe
        else { return nil }
        var counts = MessageCounts()
        for field in MessageCounts.fields {
            counts[keyPath: field.path] = messages[field.name] ?? 0
        }
        return ProgressReport(
            torrent: torrent, node: node, role: role, peerReference: peerReference, cycle: cycle,
            chunksHeld: chunksHeld, chunkCount: chunkCount, bitfield: bitfield, messages: counts,
            bytesSent: bytes.sent, bytesReceived: bytes.received, bulkChunkSize: bulkChunkSize,
            sentTo: sentTo)
    }

    private var isSentToSafe: Bool {
        guard let sentTo else { return true }
        return sentTo.count <= ProgressReport.mostNeighbours && sentTo.keys.allSatisfy { BusText.isSafe($0) }
    }

    private var isBitfieldSafe: Bool {
        guard let bitfield else { return true }
        return bitfield.utf8.count == ChunkSet.bitfieldSize(chunkCount: chunkCount) * 2 && [UInt8](hex: bitfield) != nil
    }
}
