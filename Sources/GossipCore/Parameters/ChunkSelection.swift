/// How a node chooses the missing chunk that it pulls.
public enum ChunkSelection: String, CaseIterable, Sendable {
    /// Drawn anew for each partner, uniformly from the missing ones.
    case random
    /// The missing chunk with the fewest copies in the peer set, by digests asked for at the tick.
    case rarestFirst = "rarest-first"
}
