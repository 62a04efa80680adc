/// Makes the proofs of a torrent's chunks. It keeps the trees above all chunks, two hashes for each of them.
package struct ChunkProver: Sendable {
    private let layout: ChunkLayout

    /// The tree of each file that has more than one chunk; none at all in a metafile of our own kind.
    private let trees: [Int: MerkleTree]

    package init(_ metafile: Metafile) { self.init(metafile.verifier) }

    package init(_ verifier: ChunkVerifier) {
        layout = verifier.layout
        let leafHeight = MerkleHash.blockHeight(byteCount: UInt64(layout.chunkSize))
        var trees: [Int: MerkleTree] = [:]
        if verifier.hashing == .merkle {
            for file in 0..<layout.fileCount where layout.chunks(ofFile: file).count > 1 {
                trees[file] = MerkleTree(
                    leaves: layout.chunks(ofFile: file).map { verifier.hashes[$0] }, leafHeight: leafHeight)
            }
        }
        self.trees = trees
    }

    /// The proof of a chunk; `nil` where the torrent has no such chunk.
    package func proof(of chunkID: UInt32) -> ChunkProof? {
        guard layout.contains(chunkID) else { return nil }
        let file = layout.place(of: chunkID).file
        let leaf = Int(chunkID - layout.chunks(ofFile: file).lowerBound)
        return ChunkProof(uncles: trees[file]?.uncles(ofLeaf: leaf) ?? [])
    }
}
