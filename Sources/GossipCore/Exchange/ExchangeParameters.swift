/// The bounds of the bulk exchange at one node.
public struct ExchangeParameters: Equatable, Sendable {
    /// Chunks granted, wanted or on their way out at once, over all receivers, at most: enough that the uplink is not idle
    /// while a grant is answered, and few, for all that is granted early waits.
    public var uploadSlots = 4
    /// The same at least, on an uplink that carries little. Between the two they are `windowPercent` of what it carried
    /// in the last `windowCycles` cycles.
    public var leastSlots = 4
    public var windowPercent = 150
    public var windowCycles = 1
    /// What the window is measured over where Δ is known: `windowCycles` and its part then follow Δ. Nil where both are
    /// as they are.
    public var windowTime: TimeSpan?
    /// Chunks on their way in at once, over all sources.
    public var downloadLimit = 4
    /// Chunks on their way in or under verification from which on a complete source is asked only for what no other
    /// has: where the line is not what holds a node up, what its neighbours have is not worth the seed's time.
    public var sparingLimit = 4
    /// Chunks that one grant is for.
    public var grantChunks = 1
    /// Receivers served at once; more are told that the node is busy.
    public var receiverLimit = 64
    /// Chunks that one receiver may have asked for at once; more are refused.
    public var queueLimit = 64
    /// Peers downloaded from at once: the partners drawn, and those that drew this node.
    public var sourceLimit = 16
    /// Peers whose holdings are remembered between cycles, so that they need tell only what is new.
    public var memoryLimit = 32
    /// Cycles after which a chunk that was asked for is no longer waited for.
    public var patienceCycles: Cycle = 30
    /// How long a receiver waits for a source that says nothing, and for a chunk that is lost, where Δ is known:
    /// `patienceCycles` and the cycles after which a silent partner is dropped then follow it. Nil where both are as
    /// they are.
    public var patience: TimeSpan?
    /// Cycles in which a receiver did not open the exchange anew, after which it is forgotten.
    public var receiverPatienceCycles: Cycle = 3

    public init() {}
}
