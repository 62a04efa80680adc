import GossipCore

/// What the swarm did in one cycle: a row of `cycles.csv`, and rows of `nodes.csv` and `links.csv` for each node.
package struct CycleRecord: Equatable, Sendable {
    /// From 0, the state before the first tick.
    package var cycle: Cycle
    package var chunkCount: UInt32
    /// In the order of the run's nodes.
    package var nodes: [NodeRecord]

    /// Of that cycle alone, over all nodes, seeds included.
    package var messages: MessageCounts {
        nodes.reduce(into: MessageCounts()) { $0 += $1.messages }
    }

    package var peerCount: Int { peers.count }

    /// The peers that hold every chunk.
    package var completePeers: Int { peers.count { $0.chunksHeld == chunkCount } }

    /// The share of the file that the peers hold on average, 0 to 1; of an empty file all.
    package var averageFraction: Double {
        chunksWanted == 0 ? 1 : Double(chunksHeld) / Double(chunksWanted)
    }

    /// Over the peers.
    var chunksHeld: UInt64 { peers.reduce(0) { $0 + UInt64($1.chunksHeld) } }

    /// Peers × chunks.
    var chunksWanted: UInt64 { UInt64(peers.count) * UInt64(chunkCount) }

    private var peers: [NodeRecord] { nodes.filter { $0.node.role == .peer } }
}
