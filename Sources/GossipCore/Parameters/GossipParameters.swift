/// The rules of one swarm's gossip, the same at every node of it.
public struct GossipParameters: Equatable, Sendable {
    public var style: GossipStyle
    /// n, the partners drawn each cycle; at least 1.
    public var fanout: Int
    public var chunkSelection: ChunkSelection
    public var separation: Separation
    public var peerChoice: PartnerChoice

    public init(
        style: GossipStyle = .pushPull, fanout: Int = 2, chunkSelection: ChunkSelection = .random,
        separation: Separation = .strict, peerChoice: PartnerChoice = .uniform
    ) {
        precondition(fanout >= 1, "the fanout is at least 1")
        self.style = style
        self.fanout = fanout
        self.chunkSelection = chunkSelection
        self.separation = separation
        self.peerChoice = peerChoice
    }
}
