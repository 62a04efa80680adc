import GossipCore

/// What becomes of an overlay of partial views: how it begins, and what is done to it.
package struct OverlayParameters: Equatable, Sendable {
    /// Whom the nodes know at first.
    package enum Bootstrap: Equatable, Sendable {
        /// That many others each, drawn uniformly, as a tracker names them.
        case sample(Int)
        /// All know node 0 and nobody else.
        case star

        package var name: String {
            switch self {
            case .sample: "sample"
            case .star: "star"
            }
        }
    }

    /// At least 2; node 0 is the seed of the torrent.
    package var nodes = 10_000
    package var viewSize: UInt16 = 20
    package var shuffleLength: UInt16 = 8
    package var bootstrap = Bootstrap.sample(3)
    /// Shuffles of every node before anything else happens.
    package var cycles = 100
    /// Nodes that come afterwards, each through one that is there.
    package var joiners = 0
    /// Shuffles after they came.
    package var cyclesAfterJoining = 30
    /// Nodes in a thousand that vanish at once after that; the seed stays.
    package var vanishingPermille = 0
    /// Chunks of the torrent that the survivors spread afterwards.
    package var chunks: UInt32 = 9
    package var gossip = GossipParameters()
    package var seed: UInt64 = 0
    /// Cycles without a new chunk after which the torrent is given up.
    package var stallCycles = 50

    package init() {}

    /// The swarm that is simulated, joiners included.
    var swarm: SimulationParameters {
        var parameters = SimulationParameters()
        parameters.seeds = 1
        parameters.peers = nodes + joiners - 1
        parameters.chunks = chunks
        parameters.gossip = gossip
        parameters.gossip.peerSampling = .cyclon(viewSize: viewSize, shuffleLength: shuffleLength)
        parameters.view = .cyclon(sampleSize: 1)
        parameters.seed = seed
        return parameters
    }
}
