/// Tells whether bytes are the chunk they are said to be, knowing the info dictionary alone: each chunk comes with its
/// proof. A plain value: any number of threads may ask at once.
package struct ProofVerifier: Equatable, Sendable {
    package let layout: ChunkLayout
    private let hashing: ChunkHashing
    private let anchors: ChunkHashes

    /// - Parameter anchors: the root of each file, zeros for an empty one; for plain hashing the hash of each chunk.
    init(layout: ChunkLayout, hashing: ChunkHashing, anchors: ChunkHashes) {
        self.layout = layout
        self.hashing = hashing
        self.anchors = anchors
    }

    /// How many hashes the proof of a chunk has; the torrent must have such a chunk.
    package func proofCount(of chunkID: UInt32) -> Int {
        guard hashing == .merkle else { return 0 }
        let chunks = layout.chunks(ofFile: layout.place(of: chunkID).file)
        return MerkleHash.height(leafCount: UInt64(chunks.count))
    }

    /// Whether `bytes` are chunk `chunkID` according to `proof`. `false` for a chunk that the torrent does not have, a
    /// wrong size and a proof of another length, without hashing anything.
    package func matches(_ bytes: UnsafeRawBufferPointer, chunkID: UInt32, proof: ChunkProof) -> Bool {
        guard layout.contains(chunkID), proof.uncles.count == proofCount(of: chunkID),
            let digest = hashing.digest(of: bytes, chunkID: chunkID, in: layout)
        else { return false }
        switch hashing {
        case .plain:
            return digest == anchors[chunkID]
        case .merkle:
            let file = layout.place(of: chunkID).file
            let index = chunkID - layout.chunks(ofFile: file).lowerBound
            return proof.root(above: digest, index: index) == anchors[UInt32(file)]
        }
    }
}
