import GossipCore
import GossipWire

extension SwarmBoard {
    /// Chunks that all peers hold together, and chunks that they want.
    ///
    /// A peer that has not reported yet wants as many as the others.
    var peerChunks: (held: UInt64, wanted: UInt64) {
        let most = entries.compactMap { $0.report?.chunkCount }.max() ?? 0
        return peers.reduce(into: (0, 0)) { sum, peer in
            sum.0 += UInt64(peer.report?.chunksHeld ?? 0)
            sum.1 += UInt64(peer.report?.chunkCount ?? most)
        }
    }

    var peers: [Entry] { entries.filter { $0.node.role == .peer } }

    /// The peers that reported to hold every chunk.
    var completePeers: Int { peers.count { $0.report?.isComplete == true } }

    /// Counts since each node's start, over all nodes.
    var messages: MessageCounts {
        entries.reduce(into: MessageCounts()) { sum, entry in
            if let report = entry.report { sum += report.messages }
        }
    }

    /// Whether more than one torrent is reported on, so that names alone may be ambiguous.
    var hasManyTorrents: Bool { entries.contains { $0.torrent != entries.first?.torrent } }

    package var hasReports: Bool { entries.contains { $0.report != nil } }
}
