/// What shows, beside a chunk's bytes, that it belongs to a torrent of which only the info dictionary is known: the
/// hashes that the chunk's own is joined with, one after the other, up to the root of its file's tree (BEP 52).
///
/// For a chunk that is a whole file, and in a metafile of our own kind, nothing is needed, and the proof is empty.
package struct ChunkProof: Hashable, Sendable {
    /// No file has more than 2^32 chunks.
    package static let maximumCount = 32

    /// The hashes from the chunk's sibling upwards.
    package let uncles: [Digest256]

    init(uncles: [Digest256]) {
        self.uncles = uncles
    }

    /// Reads the bytes that ``encoded`` gives; `nil` unless they are 0 to 32 whole hashes.
    package init?(decoding bytes: some Collection<UInt8>) {
        let (count, rest) = bytes.count.quotientAndRemainder(dividingBy: Digest256.byteCount)
        guard rest == 0, count <= Self.maximumCount else { return nil }
        uncles = Array(bytes).withUnsafeBytes { bytes in
            (0..<count).map { Digest256(loading: bytes, offset: $0 * Digest256.byteCount) }
        }
    }

    /// The hashes end to end, 32 bytes each.
    package var encoded: [UInt8] { uncles.flatMap(\.bytes) }

    /// The root that a chunk with this hash has above it, `index` being its position in its file.
    func root(above chunk: Digest256, index: UInt32) -> Digest256 {
        uncles.enumerated().reduce(chunk) { node, uncle in
            index >> UInt32(uncle.offset) & 1 == 0
                ? MerkleHash.join(node, uncle.element) : MerkleHash.join(uncle.element, node)
        }
    }
}
