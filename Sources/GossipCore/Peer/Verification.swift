/// A chunk whose bytes are being compared with its hash.
struct Verification: Equatable, Sendable {
    let token: MessageToken
    let chunk: ChunkID
    /// Whether it arrived after the cycle that it carries.
    let isLate: Bool
}
