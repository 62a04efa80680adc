import ArgumentParser
import GossipCore

/// The swarm's rules, the same at each of its nodes.
struct GossipOptions: ParsableArguments {
    @Option(help: "push, pull or push-pull: who moves a chunk.")
    var style = GossipStyle.pushPull

    @Option(help: "Partners drawn each cycle.")
    var fanout = 2

    @Option(help: "Which missing chunk is pulled.")
    var chunkSelection = ChunkSelection.random

    @Option(help: "strict or relaxed: what becomes of a chunk that arrives after its cycle.")
    var separation = Separation.strict

    @Option(help: "uniform or least-recently-contacted: which peers become partners.")
    var peerChoice = PartnerChoice.uniform

    func validate() throws {
        guard (1...65_535).contains(fanout) else {
            throw ValidationError("--fanout is \(fanout); it must be from 1 to 65535")
        }
    }

    var parameters: GossipParameters {
        GossipParameters(
            style: style, fanout: fanout, chunkSelection: chunkSelection, separation: separation,
            peerChoice: peerChoice)
    }
}
