import Crypto

/// Hashes a file chunk by chunk as its bytes come in, in portions of any size; it keeps only the hashes.
///
/// A chunk is cut into leaves over which its tree stands; with plain hashing it is one leaf.
package struct ChunkHasher {
    private let chunkSize: Int
    private let leafSize: Int
    private let height: Int
    private var leaf = SHA256()
    private var tree = MerkleAccumulator()
    private var bytesInLeaf = 0
    private var bytesInChunk = 0
    private var hashes: [UInt8] = []

    /// Hashes chunks plainly.
    ///
    /// - Parameters:
    ///   - chunkSize: bytes in every chunk but the last, at least 1.
    ///   - chunkCount: how many chunks are expected, to reserve memory once.
    package init(chunkSize: UInt32, chunkCount: UInt32 = 0) {
        self.init(chunkSize: chunkSize, leafSize: Int(chunkSize), height: 0, chunkCount: Int(chunkCount))
    }

    /// Hashes chunks of a file of `fileLength` bytes, from any chunk on.
    package init(_ hashing: ChunkHashing, chunkSize: UInt32, fileLength: UInt64, chunkCount: Int) {
        switch hashing {
        case .plain:
            self.init(chunkSize: chunkSize, leafSize: Int(chunkSize), height: 0, chunkCount: chunkCount)
        case .merkle:
            let height = ChunkHashing.height(fileLength: fileLength, chunkSize: chunkSize)
            self.init(
                chunkSize: chunkSize, leafSize: MerkleHash.blockSize, height: height, chunkCount: chunkCount)
        }
    }

    private init(chunkSize: UInt32, leafSize: Int, height: Int, chunkCount: Int) {
        precondition(chunkSize > 0, "a chunk holds at least one byte")
        self.chunkSize = Int(chunkSize)
        self.leafSize = leafSize
        self.height = height
        hashes.reserveCapacity(chunkCount * Digest256.byteCount)
    }

    /// Takes the next bytes of the file.
    package mutating func update(_ bytes: UnsafeRawBufferPointer) {
        var rest = bytes[...]
        while !rest.isEmpty {
            if takesPair(of: rest) {
                let (first, second) = MerkleHash.pair(at: rest.startIndex, of: rest)
                tree.append(first)
                tree.append(second)
                rest = rest.dropFirst(2 * leafSize)
                bytesInChunk += 2 * leafSize
                if bytesInChunk == chunkSize { finishChunk() }
                continue
            }
            let portion = rest.prefix(leafSize - bytesInLeaf)
            leaf.update(bufferPointer: UnsafeRawBufferPointer(rebasing: portion))
            bytesInLeaf += portion.count
            bytesInChunk += portion.count
            if bytesInLeaf == leafSize {
                finishLeaf()
            }
            if bytesInChunk == chunkSize {
                finishChunk()
            }
            rest = rest.dropFirst(portion.count)
        }
    }

    /// The hashes of all chunks, the last and shorter one included.
    package consuming func finalize() -> ChunkHashes {
        if bytesInLeaf > 0 {
            finishLeaf()
        }
        if bytesInChunk > 0 {
            finishChunk()
        }
        guard let all = ChunkHashes(hashes[...]) else {
            preconditionFailure("only whole hashes are appended")
        }
        return all
    }

    /// Whether two whole blocks of the same chunk are next.
    private func takesPair(of rest: UnsafeRawBufferPointer.SubSequence) -> Bool {
        leafSize == MerkleHash.blockSize && bytesInLeaf == 0 && rest.count >= 2 * leafSize
            && bytesInChunk + 2 * leafSize <= chunkSize
    }

    private mutating func finishLeaf() {
        tree.append(Digest256(leaf.finalize()))
        leaf = SHA256()
        bytesInLeaf = 0
    }

    private mutating func finishChunk() {
        hashes.append(contentsOf: tree.root(height: height).bytes)
        tree = MerkleAccumulator()
        bytesInChunk = 0
    }
}
