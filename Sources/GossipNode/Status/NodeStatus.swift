import GossipCore

/// Where a seed or a peer stands, for those who watch it from within its process.
package struct NodeStatus: Equatable, Sendable {
    package enum State: String, CaseIterable, Sendable {
        /// No cycle has begun yet.
        case joining
        case downloading
        /// No new chunk has come for a while; `stall` says why.
        case stalled
        /// Everything that is wanted is there, and is served.
        case complete
    }

    /// The info hash in hexadecimal digits.
    package var torrent: String
    /// What the torrent is called: the name in its metafile.
    package var name: String
    /// Where the torrent is on the disk, or is going to be when it is whole.
    package var path: String
    /// The node's name on the bus.
    package var node: String
    package var role: NodeRole
    package var state: State
    /// Why no new chunk comes; nil unless `state` is `stalled`.
    package var stall: StallReason?
    /// When this was so, by a clock that never goes back.
    package var at: TimePoint
    package var cycle: Cycle
    /// Verified chunks among those that are wanted, those of this cycle included; in a coded swarm, packets that
    /// helped.
    package var chunksHeld: UInt32
    /// Chunks that are wanted: all of the torrent's, or those of the files to fetch.
    package var chunkCount: UInt32
    /// Bytes of verified chunks that are wanted.
    package var bytesHeld: UInt64
    /// Bytes of the chunks that are wanted.
    package var totalBytes: UInt64
    /// Bytes of chunks that were sent and received since the start, also those that were redundant.
    package var bytesSent: UInt64
    package var bytesReceived: UInt64
    /// Peers that the node knows and may draw.
    package var peers: Int
}
