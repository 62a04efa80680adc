/// What a peer answers; the cycle is the request's.
public enum PeerReply: Equatable, Sendable {
    /// The chunk that was pulled. The shell adds the bytes.
    case chunk(cycle: Cycle, chunk: ChunkID)
    /// The responder did not hold the chunk when the cycle began.
    case none(cycle: Cycle, chunk: ChunkID)
    /// The pull came after its cycle had ended.
    case late(cycle: Cycle, chunk: ChunkID)
    /// What the responder held when the cycle began.
    case have(cycle: Cycle, digest: ChunkSet)
    /// A combination of what the responder held when the cycle began. The shell adds the bytes.
    case coded(cycle: Cycle, CodedVector)
    /// Some of the peers that the responder knew before it read the shuffle.
    case shuffle(cycle: Cycle, entries: [ViewEntry])
    /// The request names a chunk that the file does not have.
    case malformed
}
