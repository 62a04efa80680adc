import GossipCore
import GossipSimulation
import Topology

extension SimulationParameters {
    /// The swarm of a topology, its nodes knowing each other through the tracker.
    /// - Throws: `NodeError` where the torrent's file is not there.
    init(_ topology: TopologyDescription) throws {
        self.init()
        peers = topology.peers.count
        seeds = topology.seeds.count
        gossip = topology.gossip
        let sampleSize = topology.tracker.sampleSize
        view = gossip.peerSampling == .tracker ? .tracker(sampleSize: sampleSize) : .cyclon(sampleSize: sampleSize)
        let size = topology.torrent.chunkSize
        let length = try FileComparison.size(of: topology.torrent.file)
        chunks = UInt32(clamping: (length + size - 1) / size)
    }
}

extension NetworkParameters {
    /// A topology's Δ and chunks, on a network that delivers at once.
    init(_ topology: TopologyDescription) {
        self.init()
        interval = .milliseconds(topology.cycle.wholeMilliseconds)
        chunkSize = Int(clamping: topology.torrent.chunkSize)
    }
}
