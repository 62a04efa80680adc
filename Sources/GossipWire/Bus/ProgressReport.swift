import GossipCore

/// What a node says on the bus at the end of each cycle.
///
/// Counts are cumulative: they run from the node's start.
package struct ProgressReport: Equatable, Sendable {
    /// The torrent identifier in hex; the info hash for GoTorrent's own nodes.
    package var torrent: String
    /// The node's name, unique within its swarm.
    package var node: String
    package var role: NodeRole
    /// Where the node's ROUTER listens.
    package var peerReference: String
    /// The cycle that ended.
    package var cycle: Cycle
    package var chunksHeld: UInt32
    package var chunkCount: UInt32
    /// Which chunks are held, in hex, bit 7 of byte 0 first; absent above 4,096 chunks.
    package var bitfield: String?
    package var messages: MessageCounts
    /// Chunk bytes, not counting frames around them.
    package var bytesSent: UInt64
    package var bytesReceived: UInt64
    /// Bytes a chunk, at a node that exchanges in bulk; nil at others. Who beats time may go by it.
    package var bulkChunkSize: UInt32?
    /// Pushes and pull requests, in the bulk exchange wishes, that went to each neighbour in the cycle that ended, by its
    /// reference; nil where it is not told.
    package var sentTo: [String: UInt32]?

    /// Neighbours of a cycle at most of whom it is told.
    package static let mostNeighbours = 32

    package init(
        torrent: String, node: String, role: NodeRole, peerReference: String, cycle: Cycle, chunksHeld: UInt32,
        chunkCount: UInt32, bitfield: String?, messages: MessageCounts, bytesSent: UInt64, bytesReceived: UInt64,
        bulkChunkSize: UInt32? = nil, sentTo: [String: UInt32]? = nil
    ) {
        self.torrent = torrent
        self.node = node
        self.role = role
        self.peerReference = peerReference
        self.cycle = cycle
        self.chunksHeld = chunksHeld
        self.chunkCount = chunkCount
        self.bitfield = bitfield
        self.messages = messages
        self.bytesSent = bytesSent
        self.bytesReceived = bytesReceived
        self.bulkChunkSize = bulkChunkSize
        self.sentTo = sentTo
    }

    /// The share of the file that the node holds, 0 to 1; an empty file is whole.
    package var fraction: Double {
        chunkCount == 0 ? 1 : Double(chunksHeld) / Double(chunkCount)
    }

    package var isComplete: Bool { chunksHeld == chunkCount }
}
