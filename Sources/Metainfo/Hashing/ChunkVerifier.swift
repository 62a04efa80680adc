/// Tells whether received or stored bytes are the chunk they are said to be. A plain value: any number of threads may
/// ask at once.
package struct ChunkVerifier: Equatable, Sendable {
    package let layout: ChunkLayout
    package let hashes: ChunkHashes
    package let hashing: ChunkHashing

    /// - Precondition: there are as many hashes as chunks.
    package init(layout: ChunkLayout, hashes: ChunkHashes, hashing: ChunkHashing = .plain) {
        precondition(hashes.count == layout.chunkCount, "\(hashes.count) hashes for \(layout.chunkCount) chunks")
        self.layout = layout
        self.hashes = hashes
        self.hashing = hashing
    }

    /// Whether `bytes` are chunk `chunkID`: the right number of them, with the right hash. They are hashed where
    /// they lie. `false` for a chunk that the torrent does not have, so numbers from the network need no check before.
    package func matches(_ bytes: UnsafeRawBufferPointer, chunkID: UInt32) -> Bool {
        guard let digest = hashing.digest(of: bytes, chunkID: chunkID, in: layout) else { return false }
        return digest == hashes[chunkID]
    }
}

extension ChunkHashing {
    /// The hash of bytes that are said to be a chunk; `nil` where there is no such chunk, or not of that size.
    func digest(of bytes: UnsafeRawBufferPointer, chunkID: UInt32, in layout: ChunkLayout) -> Digest256? {
        // The size first: it costs nothing, and a stranger's oversized frame is not worth hashing.
        guard layout.contains(chunkID) else { return nil }
        let place = layout.place(of: chunkID)
        guard bytes.count == place.size else { return nil }
        switch self {
        case .plain:
            return Digest256(hashing: bytes)
        case .merkle:
            let height = Self.height(fileLength: layout.length(ofFile: place.file), chunkSize: layout.chunkSize)
            return MerkleHash.root(of: bytes, height: height)
        }
    }
}
