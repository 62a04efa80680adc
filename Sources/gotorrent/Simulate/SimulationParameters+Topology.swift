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
        view = .tracker(sampleSize: topology.tracker.sampleSize)
        let size = topology.torrent.chunkSize
        let length = try FileComparison.size(of: topology.torrent.file)
        chunks = UInt32(clamping: (length + size - 1) / size)
    }
}
