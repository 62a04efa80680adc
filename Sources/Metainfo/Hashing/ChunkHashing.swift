/// How the hash of a chunk is made.
package enum ChunkHashing: Hashable, Sendable {
    /// The SHA-256 of its bytes: the metafiles of our own kind.
    case plain
    /// The root of the Merkle tree over its blocks of 16 KiB (BEP 52).
    case merkle

    /// The chunk sizes that BEP 52 allows, up to the largest chunk that a node holds: powers of two from 16 KiB.
    package static func isStandard(_ chunkSize: UInt32) -> Bool {
        chunkSize >= MerkleHash.blockSize && chunkSize <= Metafile.maximumChunkSize && chunkSize.nonzeroBitCount == 1
    }

    /// The height of the tree over a chunk of a file. A chunk of a longer file has room for a whole chunk's blocks, so
    /// that the trees of all its chunks make up one; a chunk that is a whole file has room for its own blocks alone,
    /// rounded up to a power of two.
    static func height(fileLength: UInt64, chunkSize: UInt32) -> Int {
        MerkleHash.blockHeight(byteCount: min(fileLength, UInt64(chunkSize)))
    }
}
