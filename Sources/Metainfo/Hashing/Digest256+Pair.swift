import CSHA256

extension Digest256 {
    /// Whether two messages are hashed faster together than one after the other.
    private static let pairs = sha256_pair_worthwhile()

    /// Hashes two messages of the same length where they lie.
    ///
    /// A processor with SHA instructions does it in two thirds of the time that it takes for one after the other.
    static func pair(
        hashing first: UnsafeRawBufferPointer, _ second: UnsafeRawBufferPointer
    ) -> (Digest256, Digest256) {
        guard pairs, first.count == second.count, let start = first.baseAddress, let other = second.baseAddress else {
            return (Digest256(hashing: first), Digest256(hashing: second))
        }
        return withUnsafeTemporaryAllocation(byteCount: 2 * byteCount, alignment: 16) { digests in
            sha256_pair(start, other, first.count, digests.baseAddress)
            let digests = UnsafeRawBufferPointer(digests)
            return (Digest256(loading: digests, offset: 0), Digest256(loading: digests, offset: byteCount))
        }
    }
}
