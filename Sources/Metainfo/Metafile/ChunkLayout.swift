/// How a file is cut into chunks: all of one size, the last one shorter where the length is no multiple of it.
package struct ChunkLayout: Hashable, Sendable {
    /// The file's size in bytes.
    package let length: UInt64

    /// The size in bytes of every chunk but the last.
    package let chunkSize: UInt32

    /// How many chunks there are; 0 for an empty file.
    package let chunkCount: UInt32

    /// - Throws: `MetafileError` when `chunkSize` is 0 or the chunks are too many to be numbered in 32 bits.
    package init(length: UInt64, chunkSize: UInt32) throws(MetafileError) {
        guard chunkSize > 0 else {
            throw MetafileError(.malformed, "the chunk size is 0; it must be at least 1")
        }
        let (whole, remainder) = length.quotientAndRemainder(dividingBy: UInt64(chunkSize))
        let count = whole + (remainder == 0 ? 0 : 1)
        guard let chunkCount = UInt32(exactly: count) else {
            throw MetafileError(
                .malformed,
                "\(length) bytes in chunks of \(chunkSize) are \(count) chunks; there can be \(UInt32.max) at most")
        }
        self.length = length
        self.chunkSize = chunkSize
        self.chunkCount = chunkCount
    }

    /// Whether the file has such a chunk.
    package func contains(_ chunkID: UInt32) -> Bool {
        chunkID < chunkCount
    }

    /// The positions of a chunk's bytes in the file; the file must have such a chunk.
    package func range(of chunkID: UInt32) -> Range<UInt64> {
        precondition(contains(chunkID), "there is no chunk \(chunkID) among \(chunkCount)")
        let start = UInt64(chunkID) * UInt64(chunkSize)
        return start..<start + min(UInt64(chunkSize), length - start)
    }

    /// The size of a chunk in bytes; the file must have such a chunk.
    package func size(of chunkID: UInt32) -> Int {
        range(of: chunkID).count
    }
}
