/// What a `PeerStateMachine` is told at its start: the swarm's rules and this node's bounds.
public struct PeerConfiguration: Equatable, Sendable {
    public var gossip: GossipParameters
    public var chunkCount: UInt32
    /// Messages of the next cycle that wait for this node's own tick; more are refused.
    public var holdQueueLimit = 1_024
    /// Chunks whose verification may be under way at once; more are refused.
    public var verificationLimit = 1_024
    /// Peers kept in the peer set; more are not learnt.
    public var peerLimit = 65_536
    /// Digests asked for at a tick by a selection that counts copies, unless the fanout is larger.
    public var digestLimit = Self.standardDigestLimit
    public static let standardDigestLimit = 50
    /// Cycles in a row in which a peer did not answer or could not be reached, after which it is dropped.
    public var missedCyclesLimit = 3
    /// The bounds of the bulk exchange; nil for one chunk a partner and cycle.
    public var exchange: ExchangeParameters?
    /// Chunks that the node does without: it asks for none of them, and refuses those that are pushed to it. What it
    /// holds is not among them. Nil where it wants all.
    public var unwanted: ChunkSet?

    public init(gossip: GossipParameters, chunkCount: UInt32) {
        self.gossip = gossip
        self.chunkCount = chunkCount
    }
}
