extension PeerStateMachine {
    /// What the peers that answered in the bulk exchange are known to hold.
    public struct KnownSources: Equatable, Sendable {
        /// How many peers have told what they hold.
        public let count: Int
        /// What they hold together.
        public let holdings: ChunkSet

        public init(count: Int, holdings: ChunkSet) {
            self.count = count
            self.holdings = holdings
        }
    }

    /// What the node waits for no longer: what it has verified, and what it does without.
    public var heldOrUnwanted: ChunkSet {
        guard let unwanted else { return heldAndFresh }
        var chunks = heldAndFresh
        chunks.formUnion(unwanted)
        return chunks
    }

    /// Nil at a node that exchanges single chunks: nobody tells it what is held, but for the digests of a cycle.
    public var knownSources: KnownSources? {
        guard let exchange = exchange?.value else { return nil }
        let heard = exchange.sources.filter { $0.holdings.version != nil }
        var holdings = ChunkSet(chunkCount: configuration.chunkCount)
        for source in heard { holdings.formUnion(source.holdings.chunks) }
        return KnownSources(count: heard.count, holdings: holdings)
    }

    /// Whether something may still come from a peer that this node downloads from in bulk: it is a partner of this cycle,
    /// or was asked for chunks.
    public func mayAnswerInBulk(_ peer: PeerID) -> Bool {
        exchange?.value.sources.contains { $0.peer == peer && ($0.isPartner || !$0.asked.isEmpty) } ?? false
    }
}
