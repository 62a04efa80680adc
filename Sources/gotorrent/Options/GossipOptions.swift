import ArgumentParser
import GossipCore
import GossipNode

/// The swarm's rules, the same at each of its nodes.
struct GossipOptions: ParsableArguments {
    @Option(help: "push, pull or push-pull: who moves a chunk.")
    var style = GossipStyle.pushPull

    @Option(help: "Partners drawn each cycle. (default: 4; with the exchange single 2)")
    var fanout: Int?

    @Option(
        help: """
            single or bulk: one chunk a partner and cycle, or as many as fit. (default: bulk; single where chunks are \
            smaller than 16KiB, or the selection is coded)
            """)
    var exchange: ExchangeMode?

    @Option(help: "Which missing chunk is pulled. (default: rarest-first; with the exchange single random)")
    var chunkSelection: ChunkSelection?

    @Option(
        help:
            "strict or relaxed: what becomes of a chunk that arrives after its cycle. (default: relaxed; with the exchange single strict)"
    )
    var separation: Separation?

    @Option(help: "uniform or least-recently-contacted: which peers become partners.")
    var peerChoice = PartnerChoice.uniform

    @Option(
        help: """
            tracker: peers are the tracker's answers; cyclon: a partial view that shuffles renew, without the tracker \
            once a node has its first contact. (default: tracker; cyclon with a contact)
            """)
    var peerSampling: PeerSampling.Kind?

    @Option(help: "Peers in a partial view.")
    var viewSize = ViewSizes.standard

    @Option(help: "Entries that a shuffle carries, at most as many as the view has.")
    var shuffleLength = ViewSizes.standardShuffle

    func validate() throws {
        try ViewSizes.checked(view: viewSize, shuffle: shuffleLength)
        if let fanout, !(1...65_535).contains(fanout) {
            throw ValidationError("--fanout is \(fanout); it must be from 1 to 65535")
        }
    }

    /// How much a partner is sent in a cycle, where it is not said: chunks of a few bytes are for watching the classic
    /// experiment; files are copied in bulk. Every node of a swarm decides alike, as the chunk size is the metafile's.
    private static func usualExchange(chunkSize: UInt32, _ selection: ChunkSelection?) -> ExchangeMode {
        chunkSize < smallestBulkChunk || selection == .coded ? .single : .bulk
    }

    /// Bytes; the smallest piece of BitTorrent v2 (BEP 52).
    private static let smallestBulkChunk: UInt32 = 16 << 10

    /// What holds at every node where no option says anything else.
    static func usual(chunkSize: UInt32) -> GossipParameters {
        let exchange = usualExchange(chunkSize: chunkSize, nil)
        return GossipParameters(
            fanout: exchange.usualFanout, chunkSelection: exchange.usualSelection,
            separation: exchange.usualSeparation, exchange: exchange)
    }

    /// Why chunks cannot come with their proofs by these rules; nil where they can. What needs proofs has no chunks below
    /// the smallest of BitTorrent.
    var proofFault: String? {
        guard let gossip = try? parameters(chunkSize: Self.smallestBulkChunk, joinsByContact: false) else { return nil }
        return PeerNode.proofFault(gossip)
    }

    /// - Parameters:
    ///   - chunkSize: the torrent's.
    ///   - joinsByContact: whether the node is told of living peers; they are of use to one that shuffles alone.
    func parameters(chunkSize: UInt32, joinsByContact: Bool) throws -> GossipParameters {
        let exchange = exchange ?? Self.usualExchange(chunkSize: chunkSize, chunkSelection)
        if joinsByContact, peerSampling == .tracker {
            throw UsageError("--contact is given with --peer-sampling tracker; it needs --peer-sampling cyclon")
        }
        let peerSampling = self.peerSampling ?? (joinsByContact ? .cyclon : .tracker)
        return try GossipParameters(
            style: style, fanout: fanout ?? exchange.usualFanout,
            chunkSelection: chunkSelection ?? exchange.usualSelection,
            separation: separation ?? exchange.usualSeparation, peerChoice: peerChoice,
            peerSampling: peerSampling.sampling(ViewSizes.checked(view: viewSize, shuffle: shuffleLength)),
            exchange: exchange)
    }
}
