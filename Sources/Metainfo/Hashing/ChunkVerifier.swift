/// Tells whether received or stored bytes are the chunk they are said to be.
package struct ChunkVerifier: Equatable, Sendable {
    package let layout: ChunkLayout
    package let hashes: ChunkHashes

    /// - Precondition: there are as many hashes as chunks.
    package init(layout: ChunkLayout, hashes: ChunkHashes) {
        precondition(hashes.count == layout.chunkCount, "\(hashes.count) hashes for \(layout.chunkCount) chunks")
        self.layout = layout
        self.hashes = hashes
    }

    /// Whether `bytes` are chunk `chunkID`: the right number of them, with the right SHA-256. They are hashed where
    /// they lie. `false` for a chunk that the file does not have, so numbers from the network need no check before.
    package func matches(_ bytes: UnsafeRawBufferPointer, chunkID: UInt32) -> Bool {
        // The size first: it costs nothing, and a stranger's oversized frame is not worth hashing.
        guard layout.contains(chunkID), bytes.count == layout.size(of: chunkID) else { return false }
        return Digest256(hashing: bytes) == hashes[chunkID]
    }
}
