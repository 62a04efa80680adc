/// What one peer says to another of its own accord.
public enum PeerRequest: Equatable, Sendable {
    /// Here is a chunk; there is no reply. The shell adds the bytes.
    case push(cycle: Cycle, chunk: ChunkID)
    /// Send me this chunk.
    case pull(cycle: Cycle, chunk: ChunkID)
    /// Tell me what you hold; `digest` is what the sender holds, nil where it only asks.
    case have(cycle: Cycle, digest: ChunkSet?)
    /// Here is a combination of chunks; there is no reply. The shell adds the bytes.
    case coded(cycle: Cycle, CodedVector)
    /// Send me a combination of what you hold.
    case pullCoded(cycle: Cycle)
    /// Here are some of the peers that I know, myself first; give me some of yours.
    case shuffle(cycle: Cycle, entries: [ViewEntry])

    public var cycle: Cycle {
        switch self {
        case .push(let cycle, _), .pull(let cycle, _), .have(let cycle, _), .coded(let cycle, _), .pullCoded(let cycle),
            .shuffle(let cycle, _):
            cycle
        }
    }
}
