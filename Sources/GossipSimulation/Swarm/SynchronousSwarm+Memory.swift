import GossipCore

extension SynchronousSwarm {
    /// About what a swarm takes in memory, in bytes: its nodes, what they know, and the messages of one round.
    package static func estimatedBytes(_ parameters: SimulationParameters) -> UInt64 {
        let nodes = UInt64(parameters.nodes)
        let words = UInt64(parameters.chunks) / 64
        let sets = words == 0 ? 0 : 2 * (words * 8 + 32)
        let known: UInt64 =
            switch parameters.view {
            case .full: 0
            case .tracker(let sampleSize): 64 + 4 * UInt64(sampleSize) * 32 + 128
            case .graph(let model): model.estimatedBytesPerNode
            case .cyclon: cyclonBytes(parameters.gossip.peerSampling)
            }
        let asked = parameters.gossip.chunkSelection == .rarestFirst ? 50 : 2 * UInt64(parameters.gossip.fanout)
        let messages = min(asked, nodes) * UInt64(MemoryLayout<Envelope>.stride) * 2
        let isCoded = parameters.gossip.chunkSelection == .coded
        // Two bases of as many rows as there are chunks, and a vector in each message.
        let row = UInt64(parameters.chunks) + 48
        let coded = isCoded ? (2 * UInt64(parameters.chunks) + 2 * asked) * row : 0
        // An event-driven node has a disk, a directory, links, timers and its checkers besides; measured.
        let events: UInt64 = parameters.network == nil ? 0 : 10_000 + 8 * UInt64(parameters.chunks)
        // What is known of others' holdings, of as many as are remembered, and of this node's own.
        let others = min(UInt64(ExchangeParameters().memoryLimit), nodes) * 2 + 4
        let exchange = parameters.gossip.exchange == .bulk ? others * (128 + UInt64(parameters.chunks) / 8) : 0
        let node = exchange + UInt64(MemoryLayout<PeerStateMachine>.stride) + sets + known + messages
        return nodes * (node + coded + events)
    }

    /// A view, the peer set that follows it, the tracker's entry, and the entries of two shuffles on their way.
    private static func cyclonBytes(_ sampling: PeerSampling) -> UInt64 {
        guard case .cyclon(let viewSize, let length) = sampling else { return 0 }
        return 512 + UInt64(viewSize) * 24 + UInt64(length) * 32
    }
}
