import GossipCore

/// What a run was: everything that its records, tables and figures say of it apart from what happened.
package struct RunParameters: Equatable, Sendable {
    package var name: String
    package var gossip: GossipParameters
    /// Δ.
    package var intervalMilliseconds: UInt64
    package var seedCount: Int
    package var peerCount: Int
    package var chunkCount: UInt32
    /// Bytes.
    package var chunkSize: UInt64
    package var fileBytes: UInt64

    package init(
        name: String, gossip: GossipParameters, intervalMilliseconds: UInt64, seedCount: Int, peerCount: Int,
        chunkCount: UInt32, chunkSize: UInt64, fileBytes: UInt64
    ) {
        self.name = name
        self.gossip = gossip
        self.intervalMilliseconds = intervalMilliseconds
        self.seedCount = seedCount
        self.peerCount = peerCount
        self.chunkCount = chunkCount
        self.chunkSize = chunkSize
        self.fileBytes = fileBytes
    }

    /// Such as `push-pull, fanout 2, random selection, 5 peers, 9 chunks, Δ = 1 s`.
    package var title: String {
        let peers = NumberText.count(UInt64(peerCount), "peer")
        let chunks = NumberText.count(UInt64(chunkCount), "chunk")
        return "\(gossip.style.rawValue), fanout \(gossip.fanout), \(gossip.chunkSelection.rawValue) selection, "
            + "\(gossip.choiceClause)\(peers), \(chunks), Δ = \(interval)"
    }

    var interval: String { NumberText.interval(milliseconds: intervalMilliseconds) }
}
