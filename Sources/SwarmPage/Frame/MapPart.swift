import GossipCore
import GossipWire

/// The chunk map: nodes down, chunks across, both in groups where there are many.
package struct MapPart: Encodable, Equatable, Sendable {
    /// Rows at most.
    static let mostRows = 128

    package struct Row: Encodable, Equatable, Sendable {
        /// The node's name, or the first and the last of the group.
        package var label: String
        package var nodes: Int
        /// The share of its chunks that the group holds, 0 to 1.
        package var fraction: Double
        /// A digit for each column: 0 where nothing of it is held, 9 where all is, 1 to 8 between. Nil where the bus does
        /// not tell who holds which chunk.
        package var cells: String?
    }

    package var chunks: UInt32 = 0
    package var columns = 0
    package var rows: [Row] = []
    /// Of each column the copies of its rarest chunk; nil where the bus does not tell.
    package var copies: [UInt32]?
    /// Nodes that a chunk could be at.
    package var nodes = 0

    package init() {}

    init(_ nodes: [(name: String, track: NodeTrack)], _ copies: ChunkCopies?, chunkCount: UInt32) {
        chunks = chunkCount
        columns = ChunkCopies.columnCount(chunkCount)
        self.nodes = nodes.count
        self.copies = nodes.allSatisfy({ $0.track.held != nil }) ? copies?.rarest : nil
        let groups = min(Self.mostRows, nodes.count)
        for group in 0..<groups {
            let members = nodes[group * nodes.count / groups..<(group + 1) * nodes.count / groups]
            rows.append(Self.row(members, copies, chunkCount))
        }
    }

    private static func row(
        _ members: ArraySlice<(name: String, track: NodeTrack)>, _ copies: ChunkCopies?, _ chunkCount: UInt32
    ) -> Row {
        let names = [members.first?.name ?? "", members.last?.name ?? ""]
        let held = members.reduce(0) { $0 + UInt64($1.track.report?.chunksHeld ?? 0) }
        let all = UInt64(members.count) * UInt64(chunkCount)
        let fraction = all == 0 ? 1 : (Double(held) / Double(all) * 1e4).rounded(.down) / 1e4
        return Row(
            label: names[0] == names[1] ? names[0] : "\(names[0]) – \(names[1])", nodes: members.count,
            fraction: fraction, cells: cells(members, copies))
    }

    private static func cells(
        _ members: ArraySlice<(name: String, track: NodeTrack)>, _ copies: ChunkCopies?
    ) -> String? {
        guard let copies, members.allSatisfy({ $0.track.held != nil }) else { return nil }
        var sums = [Int](repeating: 0, count: copies.columnCount)
        for member in members {
            for (column, count) in member.track.cells.enumerated() { sums[column] += Int(count) }
        }
        let digits = sums.enumerated().map { column, sum in
            digit(sum, of: copies.chunks(ofColumn: column).count * members.count)
        }
        return String(decoding: digits, as: UTF8.self)
    }

    /// Nothing and all are told apart from nearly so.
    private static func digit(_ part: Int, of whole: Int) -> UInt8 {
        let zero = UInt8(ascii: "0")
        if part <= 0 { return zero }
        return part >= whole ? zero + 9 : zero + 1 + UInt8(part * 8 / whole)
    }
}
