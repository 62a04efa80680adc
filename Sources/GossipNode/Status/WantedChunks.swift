import GossipCore
import Metainfo

/// Which chunks a node is to have: all of the torrent's, or those of some of its files.
struct WantedChunks {
    private let layout: ChunkLayout
    /// Nil where all are wanted.
    private let chunks: ChunkSet?
    let count: UInt32
    let byteCount: UInt64

    /// - Parameter files: their positions; nil for all.
    init(_ files: Set<Int>?, of layout: ChunkLayout) {
        self.layout = layout
        chunks = files.map { layout.chunks(ofFiles: $0) }
        count = chunks?.count ?? layout.chunkCount
        byteCount = chunks.map { layout.byteCount(of: $0) } ?? layout.length
    }

    /// What the node does without; nil where it wants all.
    /// - Parameter held: what it has, wanted or not.
    func unwanted(besides held: ChunkSet) -> ChunkSet? {
        chunks.map { ChunkSet.full(chunkCount: layout.chunkCount).subtracting($0).subtracting(held) }
    }

    /// How much of it is there.
    /// - Parameter held: what the node has, wanted or not.
    func share(of held: ChunkSet) -> (chunks: UInt32, bytes: UInt64) {
        let here = chunks.map { held.intersection($0) } ?? held
        return (here.count, layout.byteCount(of: here))
    }
}
