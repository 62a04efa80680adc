import Crypto

/// Hashes a file chunk by chunk as its bytes come in, in portions of any size; it keeps only the hashes.
package struct ChunkHasher {
    private let chunkSize: Int
    private var function = SHA256()
    private var bytesInChunk = 0
    private var hashes: [UInt8] = []

    /// - Parameters:
    ///   - chunkSize: bytes in every chunk but the last, at least 1.
    ///   - chunkCount: how many chunks are expected, to reserve memory once.
    package init(chunkSize: UInt32, chunkCount: UInt32 = 0) {
        precondition(chunkSize > 0, "a chunk holds at least one byte")
        self.chunkSize = Int(chunkSize)
        hashes.reserveCapacity(Int(chunkCount) * Digest256.byteCount)
    }

    /// Takes the next bytes of the file.
    package mutating func update(_ bytes: UnsafeRawBufferPointer) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let portion = rest.prefix(chunkSize - bytesInChunk)
            function.update(bufferPointer: UnsafeRawBufferPointer(rebasing: portion))
            bytesInChunk += portion.count
            if bytesInChunk == chunkSize {
                finishChunk()
            }
            rest = rest.dropFirst(portion.count)
        }
    }

    /// The hashes of all chunks, the last and shorter one included.
    package consuming func finalize() -> ChunkHashes {
        if bytesInChunk > 0 {
            finishChunk()
        }
        guard let all = ChunkHashes(hashes[...]) else {
            preconditionFailure("only whole hashes are appended")
        }
        return all
    }

    private mutating func finishChunk() {
        function.finalize().withUnsafeBytes { hashes.append(contentsOf: $0) }
        function = SHA256()
        bytesInChunk = 0
    }
}
