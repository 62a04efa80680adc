/// When a node that has a link fetches the info dictionary alone, and a proof with each chunk, in place of the hashes of all
/// chunks at once.
package enum ProofUse: String, CaseIterable, Sendable {
    /// Wherever the info dictionary does not tell the hash of every chunk.
    case always
    case never
    /// Where the piece layers are larger than ``threshold``.
    case auto

    /// What a receiver would fetch before its first chunk, in bytes: 32,768 chunks. Below it the metafile is a matter of a
    /// few answers; at two million chunks it is 64 MiB, all from the tracker, for every receiver.
    package static let threshold = 1 << 20
}
