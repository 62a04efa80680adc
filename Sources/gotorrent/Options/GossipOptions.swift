import ArgumentParser
import GossipCore

/// The swarm's rules, the same at each of its nodes.
struct GossipOptions: ParsableArguments {
    @Option(help: "push, pull or push-pull: who moves a chunk.")
    var style = GossipStyle.pushPull

    @Option(help: "Partners drawn each cycle.")
    var fanout = 2

    @Option(help: "single or bulk: one chunk a partner and cycle, or as many as fit.")
    var exchange = ExchangeMode.single

    @Option(help: "Which missing chunk is pulled. (default: random; in bulk rarest-first)")
    var chunkSelection: ChunkSelection?

    @Option(
        help:
            "strict or relaxed: what becomes of a chunk that arrives after its cycle. (default: strict; in bulk relaxed)"
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
        guard (1...65_535).contains(fanout) else {
            throw ValidationError("--fanout is \(fanout); it must be from 1 to 65535")
        }
    }

    /// - Parameter joinsByContact: whether the node is told of living peers; they are of use to one that shuffles alone.
    func parameters(joinsByContact: Bool) throws -> GossipParameters {
        if joinsByContact, peerSampling == .tracker {
            throw UsageError("--contact is given with --peer-sampling tracker; it needs --peer-sampling cyclon")
        }
        let peerSampling = self.peerSampling ?? (joinsByContact ? .cyclon : .tracker)
        return try GossipParameters(
            style: style, fanout: fanout, chunkSelection: chunkSelection ?? exchange.usualSelection,
            separation: separation ?? exchange.usualSeparation, peerChoice: peerChoice,
            peerSampling: peerSampling.sampling(ViewSizes.checked(view: viewSize, shuffle: shuffleLength)),
            exchange: exchange)
    }
}
