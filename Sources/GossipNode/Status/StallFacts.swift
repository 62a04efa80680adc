import GossipCore

/// What a node knows of its own when no new chunk comes.
package struct StallFacts: Equatable, Sendable {
    /// What the sources that answered are known to hold.
    package struct Sources: Equatable, Sendable {
        /// How many peers have told what they hold.
        package var count: Int
        /// How many chunks they hold that this node misses.
        package var usefulChunks: UInt32
        /// The first chunk that nobody known holds, and how many such there are.
        package var firstUnheld: ChunkID?
        package var unheldChunks: UInt32

        package init(count: Int, usefulChunks: UInt32, firstUnheld: ChunkID? = nil, unheldChunks: UInt32 = 0) {
            self.count = count
            self.usefulChunks = usefulChunks
            self.firstUnheld = firstUnheld
            self.unheldChunks = unheldChunks
        }

        /// - Parameter held: what this node has.
        init(_ known: PeerStateMachine.KnownSources, held: ChunkSet) {
            var all = known.holdings
            all.formUnion(held)
            self.init(
                count: known.count, usefulChunks: known.holdings.subtracting(held).count,
                firstUnheld: all.isComplete ? nil : all.missing(atRank: 0), unheldChunks: all.missingCount)
        }
    }

    /// Peers that the node knows.
    package var peers: Int
    /// Whether the tracker leaves questions unanswered.
    package var isTrackerSilent: Bool
    /// Whether any cycle has begun.
    package var hasBegun: Bool
    /// Nil where peers do not tell what they hold, as in the exchange of single chunks.
    package var sources: Sources?
    /// Whether verified chunks wait to be written.
    package var isWaitingForDisk = false
    /// Whether a limit of this node's own keeps it from asking for more.
    package var isLimited = false

    package init(peers: Int, isTrackerSilent: Bool, hasBegun: Bool, sources: Sources? = nil) {
        self.peers = peers
        self.isTrackerSilent = isTrackerSilent
        self.hasBegun = hasBegun
        self.sources = sources
    }
}
