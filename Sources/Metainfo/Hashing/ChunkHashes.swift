/// The SHA-256 of every chunk, in the order of the file, in one piece of memory: 32 bytes a chunk and no more.
package struct ChunkHashes: Equatable, Sendable {
    /// The hashes end to end.
    package let bytes: ArraySlice<UInt8>

    /// How many chunks there are hashes for.
    package var count: Int { bytes.count / Digest256.byteCount }

    /// Takes hashes that lie end to end; `nil` when their bytes are no multiple of 32. Nothing is copied.
    package init?(_ bytes: ArraySlice<UInt8>) {
        guard bytes.count.isMultiple(of: Digest256.byteCount) else { return nil }
        self.bytes = bytes
    }

    /// The hashes of chunks 0, 1, ….
    package init(_ digests: some Sequence<Digest256>) {
        bytes = digests.flatMap(\.bytes)[...]
    }

    /// The hash of a chunk; `chunkID` must be below ``count``.
    package subscript(chunkID: UInt32) -> Digest256 {
        precondition(chunkID < count, "chunk \(chunkID) of \(count) has no hash")
        return bytes.withUnsafeBytes { Digest256(loading: $0, offset: Int(chunkID) * Digest256.byteCount) }
    }

    /// The hashes of some of the chunks, of which the first becomes chunk 0. Nothing is copied.
    subscript(chunks: Range<UInt32>) -> ChunkHashes {
        let start = bytes.startIndex + Int(chunks.lowerBound) * Digest256.byteCount
        return ChunkHashes(bytes: bytes[start..<start + chunks.count * Digest256.byteCount])
    }

    private init(bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
    }
}
