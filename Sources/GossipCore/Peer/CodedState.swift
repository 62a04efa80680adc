/// What a node has of coded packets while chunks are missing: the vectors of those that told something new.
struct CodedState: Equatable, Sendable {
    /// The last packet of a full rank, until the shell has decoded all of them.
    struct Decoding: Equatable, Sendable {
        let token: MessageToken
        let isLate: Bool
    }

    /// What was here when the cycle began.
    var held: CodedBasis
    /// The same with what came since.
    var present: CodedBasis
    var decoding: Decoding?

    /// - Parameter verified: chunks that are here as they are.
    init(verified: ChunkSet) {
        var basis = CodedBasis(dimension: Int(verified.chunkCount))
        verified.forEachMember { chunk in
            _ = basis.insert(.unit(chunk, chunkCount: verified.chunkCount))
        }
        held = basis
        present = basis
    }
}
