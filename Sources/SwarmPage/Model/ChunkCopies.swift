import GossipCore

/// How many nodes hold each chunk, and how many chunks of each column each node holds.
///
/// A column is a run of neighbouring chunks: one each where there are no more chunks than columns. Counts follow the
/// changes of the nodes' sets, so a report costs what it brought and not what there is.
struct ChunkCopies: Sendable {
    /// Columns at most: what a page has room for, and a frame.
    static let mostColumns = 160
    /// Of torrents with more chunks sets are not kept: nodes do not tell them above 4,096 chunks, and a stranger who does
    /// must not choose our memory use.
    static let mostChunks: UInt32 = 16_384

    let chunkCount: UInt32
    let columnCount: Int
    /// Nodes that hold each chunk.
    private(set) var copies: [UInt32]

    /// - Parameter chunkCount: up to `mostChunks`.
    init(chunkCount: UInt32) {
        precondition(chunkCount <= Self.mostChunks, "sets of \(chunkCount) chunks are not kept")
        self.chunkCount = chunkCount
        columnCount = Self.columnCount(chunkCount)
        copies = Array(repeating: 0, count: Int(chunkCount))
    }

    static func columnCount(_ chunkCount: UInt32) -> Int { min(mostColumns, Int(chunkCount)) }

    /// The chunks of a column; together the columns have every chunk once.
    func chunks(ofColumn column: Int) -> Range<Int> {
        column * Int(chunkCount) / columnCount..<(column + 1) * Int(chunkCount) / columnCount
    }

    /// Takes in that a node holds other chunks than before.
    /// - Parameter cells: the node's chunks in each column.
    mutating func change(from old: ChunkSet, to new: ChunkSet, cells: inout [UInt16]) {
        new.subtracting(old).forEachMember { chunk in
            copies[Int(chunk)] += 1
            cells[column(of: chunk)] += 1
        }
        // Nodes that come back without their store hold less.
        guard !old.isSubset(of: new) else { return }
        old.subtracting(new).forEachMember { chunk in
            copies[Int(chunk)] -= 1
            cells[column(of: chunk)] -= 1
        }
    }

    /// Of each column the copies of its rarest chunk.
    var rarest: [UInt32] {
        (0..<columnCount).map { column in copies[chunks(ofColumn: column)].min() ?? 0 }
    }

    /// The last column that begins at or before the chunk: the inverse of `chunks(ofColumn:)`.
    private func column(of chunk: ChunkID) -> Int {
        ((Int(chunk) + 1) * columnCount - 1) / Int(chunkCount)
    }
}
