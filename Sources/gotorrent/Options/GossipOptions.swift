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

    func validate() throws {
        guard (1...65_535).contains(fanout) else {
            throw ValidationError("--fanout is \(fanout); it must be from 1 to 65535")
        }
    }

    var parameters: GossipParameters {
        GossipParameters(
            style: style, fanout: fanout, chunkSelection: chunkSelection ?? exchange.usualSelection,
            separation: separation ?? exchange.usualSeparation, peerChoice: peerChoice, exchange: exchange)
    }
}
