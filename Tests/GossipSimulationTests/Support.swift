import GossipCore

@testable import GossipSimulation

/// The classic experiment, simulated.
func classic(
    _ style: GossipStyle = .pushPull, selection: ChunkSelection = .random, view: PeerView = .tracker(sampleSize: 3),
    runs: Int = 1, seed: UInt64 = 1
) -> SimulationParameters {
    var parameters = SimulationParameters()
    parameters.gossip = GossipParameters(style: style, fanout: 2, chunkSelection: selection)
    parameters.view = view
    parameters.runs = runs
    parameters.seed = seed
    return parameters
}

/// One chunk that spreads among nodes who all know each other.
func rumour(_ style: GossipStyle, nodes: Int, runs: Int, seed: UInt64 = 1) -> SimulationParameters {
    var parameters = classic(style, view: .full, runs: runs, seed: seed)
    parameters.gossip.fanout = 1
    parameters.peers = nodes - 1
    parameters.chunks = 1
    return parameters
}
