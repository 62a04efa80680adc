/// The hashes of a torrent's chunks, and of the trees above them, as far as they are known to one who began with the info
/// dictionary: each chunk that comes with its proof adds those of the proof, so that this node can prove it to others.
///
/// Every hash in it leads to the root of its file. It takes two hashes a chunk, known or not: 64 bytes.
package struct KnownHashes: Sendable {
    /// Some neighbouring hashes, and where among all of them they are kept.
    package struct Part: Equatable, Sendable {
        /// In bytes.
        package let offset: UInt64
        package let bytes: [UInt8]
    }

    private let layout: ChunkLayout
    private let hashing: ChunkHashing
    private let anchors: ChunkHashes
    /// Of each file of more than one chunk.
    private var trees: [Int: PartialTree] = [:]
    /// Where the hashes of each tree are kept, counted in hashes.
    private var starts: [Int: Int] = [:]
    /// All kept hashes, in bytes.
    package let byteCount: UInt64

    package init(_ info: TorrentInfo) {
        layout = info.layout
        hashing = info.hashing
        anchors = info.anchors
        var count = 0
        if info.hashing == .merkle {
            let leafHeight = MerkleHash.blockHeight(byteCount: UInt64(layout.chunkSize))
            for file in 0..<layout.fileCount where layout.chunks(ofFile: file).count > 1 {
                let tree = PartialTree(
                    root: anchors[UInt32(file)], leafCount: layout.chunks(ofFile: file).count, leafHeight: leafHeight)
                trees[file] = tree
                starts[file] = count
                count += tree.nodeCount
            }
        }
        byteCount = UInt64(count) * UInt64(Digest256.byteCount)
    }

    /// The hash of a chunk; nil where it is not known, or there is no such chunk.
    package func hash(of chunkID: UInt32) -> Digest256? {
        guard layout.contains(chunkID) else { return nil }
        guard hashing == .merkle else { return anchors[chunkID] }
        let (file, leaf) = place(of: chunkID)
        guard let tree = trees[file] else { return anchors[UInt32(file)] }
        return tree.node(0, leaf)
    }

    /// The proof of a chunk; nil where its hash is not known.
    package func proof(of chunkID: UInt32) -> ChunkProof? {
        guard layout.contains(chunkID) else { return nil }
        let (file, leaf) = place(of: chunkID)
        guard let tree = trees[file] else { return ChunkProof(uncles: []) }
        return tree.uncles(ofLeaf: leaf).map(ChunkProof.init)
    }

    /// How many hashes the proof of a chunk has; the torrent must have such a chunk.
    package func proofCount(of chunkID: UInt32) -> Int {
        trees[layout.place(of: chunkID).file]?.levels.count ?? 0
    }

    /// Takes the hash of a chunk with its proof.
    /// - Returns: the hashes that are known now and were not before; nil where the proof leads to another root, is not
    ///   the one that is known, or the torrent has no such chunk.
    package mutating func take(_ digest: Digest256, _ chunkID: UInt32, _ proof: ChunkProof) -> [Part]? {
        guard layout.contains(chunkID) else { return nil }
        let (file, leaf) = place(of: chunkID)
        guard trees[file] != nil, let start = starts[file] else {
            return proof.uncles.isEmpty && hash(of: chunkID) == digest ? [] : nil
        }
        guard let pairs = trees[file]?.take(digest, index: leaf, uncles: proof.uncles), let tree = trees[file] else {
            return nil
        }
        return pairs.map { pair in
            let row = tree.levels[pair.level]
            return Part(
                offset: Self.bytes(start + tree.offset(ofLevel: pair.level) + pair.index),
                bytes: row[pair.index..<min(pair.index + 2, row.count)].flatMap(\.bytes))
        }
    }

    /// Takes the hashes of chunks without proofs, as far as they alone make up what is known already: of a file that is
    /// there whole, all.
    package mutating func derive(_ digests: [UInt32: Digest256]) {
        for file in trees.keys {
            let first = layout.chunks(ofFile: file).lowerBound
            trees[file]?.derive { digests[first + UInt32($0)] }
        }
    }

    /// The hashes of all chunks; nil where one is not known.
    package var chunkHashes: ChunkHashes? {
        guard trees.values.allSatisfy({ $0.missingLeaves == 0 }) else { return nil }
        return ChunkHashes((0..<layout.chunkCount).compactMap(hash))
    }

    // MARK: Keeping

    /// Reads what was kept, and takes of it what leads to the roots: whoever wrote it need not be trusted.
    /// - Parameter read: fills a buffer from an offset in bytes on; false where it cannot.
    package mutating func restore(_ read: (UnsafeMutableRawBufferPointer, _ offset: UInt64) -> Bool) {
        for (file, start) in starts {
            trees[file]?.restore { read($0, Self.bytes(start + $1)) }
        }
    }

    /// All that is to be kept, a level of a tree at a time.
    package func forEachPart<Failure: Error>(
        _ body: (UnsafeRawBufferPointer, _ offset: UInt64) throws(Failure) -> Void
    ) throws(Failure) {
        for (file, start) in starts.sorted(by: { $0.value < $1.value }) {
            guard let tree = trees[file] else { continue }
            for (level, row) in tree.levels.enumerated() {
                var outcome: Result<Void, Failure> = .success(())
                row.withUnsafeBytes { bytes in
                    outcome = Result { () throws(Failure) in
                        try body(bytes, Self.bytes(start + tree.offset(ofLevel: level)))
                    }
                }
                try outcome.get()
            }
        }
    }

    private func place(of chunkID: UInt32) -> (file: Int, leaf: Int) {
        let file = layout.place(of: chunkID).file
        return (file, Int(chunkID - layout.chunks(ofFile: file).lowerBound))
    }

    private static func bytes(_ hashCount: Int) -> UInt64 { UInt64(hashCount) * UInt64(Digest256.byteCount) }
}
