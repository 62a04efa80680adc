import GossipCore
import Metainfo

extension ChunkLayout {
    /// The bytes of some chunks.
    ///
    /// All chunks are of one size but the last of each file: it takes a look at each file, not at each chunk.
    func byteCount(of chunks: ChunkSet) -> UInt64 {
        var count = UInt64(chunks.count) * UInt64(chunkSize)
        for file in 0..<fileCount {
            guard let last = self.chunks(ofFile: file).last, chunks.contains(last) else { continue }
            count -= UInt64(chunkSize) - UInt64(size(of: last))
        }
        return count
    }

    /// The chunks of some files, by their positions.
    func chunks(ofFiles files: some Sequence<Int>) -> ChunkSet {
        var set = ChunkSet(chunkCount: chunkCount)
        for file in files {
            for chunk in chunks(ofFile: file) { set.insert(chunk) }
        }
        return set
    }
}
