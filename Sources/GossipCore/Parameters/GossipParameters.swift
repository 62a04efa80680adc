/// The rules of one swarm's gossip, the same at every node of it.
public struct GossipParameters: Equatable, Sendable {
    // The widest comes first: a million simulated nodes have a copy each.

    /// n, the partners drawn each cycle; at least 1.
    public var fanout: Int
    public var style: GossipStyle
    public var chunkSelection: ChunkSelection
    public var separation: Separation
    public var peerChoice: PartnerChoice
    public var peerSampling: PeerSampling
    public var exchange: ExchangeMode

    public init(
        style: GossipStyle = .pushPull, fanout: Int = 2, chunkSelection: ChunkSelection = .random,
        separation: Separation = .strict, peerChoice: PartnerChoice = .uniform, peerSampling: PeerSampling = .tracker,
        exchange: ExchangeMode = .single
    ) {
        precondition(fanout >= 1, "the fanout is at least 1")
        self.style = style
        self.fanout = fanout
        self.chunkSelection = chunkSelection
        self.separation = separation
        self.peerChoice = peerChoice
        self.peerSampling = peerSampling
        self.exchange = exchange
    }

    /// What is wrong with these rules for a file of so many chunks, and what would be right; nil where nothing is.
    package func fault(chunkCount: UInt32) -> String? {
        if exchange == .bulk, chunkSelection == .coded {
            return "the selection coded is not for the exchange bulk; take another selection, such as rarest-first"
        }
        return chunkSelection.fault(chunkCount: chunkCount)
    }
}
