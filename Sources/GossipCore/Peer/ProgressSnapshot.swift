/// What a node holds and has counted when a cycle ends.
public struct ProgressSnapshot: Equatable, Sendable {
    /// The cycle that ended; 0 before the first tick.
    public let cycle: Cycle
    /// With what came during the cycle.
    public let held: ChunkSet
    /// Counted since the node started.
    public let counts: MessageCounts

    public init(cycle: Cycle, held: ChunkSet, counts: MessageCounts) {
        self.cycle = cycle
        self.held = held
        self.counts = counts
    }
}
