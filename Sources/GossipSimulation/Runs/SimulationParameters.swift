import GossipCore

/// What is simulated: a swarm, how its nodes know each other, and how often.
package struct SimulationParameters: Equatable, Sendable {
    /// Nodes that start with nothing; at least 1.
    package var peers = 5
    /// Nodes that start with the whole file; at least 1.
    package var seeds = 1
    package var chunks: UInt32 = 9
    package var gossip = GossipParameters()
    package var view = PeerView.tracker(sampleSize: 3)
    package var runs = 1
    /// Seeds every draw of every run.
    package var seed: UInt64 = 0
    /// Cycles after which a run is given up.
    package var cycleLimit: Cycle = 100_000
    /// The network between the nodes; nil where every message of a cycle arrives within it.
    package var network: NetworkParameters?

    package init() {}

    package var nodes: Int { peers + seeds }
}

/// How a node comes to know others.
package enum PeerView: Equatable, Sendable {
    /// Everyone knows everyone.
    case full
    /// `get_peers` before cycles 1, 3, 5, …: a new one every two cycles, as 2 s are at Δ = 1 s.
    case tracker(sampleSize: Int)
    /// The neighbours in a graph, drawn anew for each run from its seed, and nobody else.
    case graph(GraphModel)
    /// `get_peers` before cycle 1 alone; then shuffles keep a partial view, as `GossipParameters.peerSampling` says.
    case cyclon(sampleSize: Int)

    package var name: String {
        switch self {
        case .full: "full"
        case .tracker: "tracker"
        case .graph(let model): model.name
        case .cyclon: "cyclon"
        }
    }

    /// Whether nodes come to know others by the tracker's answers; otherwise they know them from the start.
    var asksTracker: Bool {
        switch self {
        case .tracker, .cyclon: true
        case .full, .graph: false
        }
    }
}
