import GossipCore

/// Why a download gets no new chunk, as far as the node itself can tell: the nearest cause first.
package enum StallReason: Equatable, Sendable, CustomStringConvertible {
    /// Chunks came faster than the disk takes them.
    case disk
    /// `--download-limit`.
    case downloadLimit
    /// Nobody is known, and the tracker does not say who there is.
    case trackerUnreachable
    /// The tracker answers and names nobody else.
    case nobodyAnnounced
    /// Peers are known, and the clock has not begun.
    case clockNotStarted
    /// Peers are known, and none of them has said what it holds.
    case peersSilent(peers: Int)
    /// Peers answer, and all that they hold is here; nobody known holds this chunk, and so many others.
    case nobodyHolds(ChunkID, others: UInt32, sources: Int)
    /// Peers hold what is missing and do not send it.
    case nothingSent(chunks: UInt32)
    /// Peers are known and sent nothing new; what they hold they do not tell.
    case nothingNew(peers: Int)

    package init(_ facts: StallFacts) {
        if facts.isWaitingForDisk {
            self = .disk
        } else if facts.isLimited {
            self = .downloadLimit
        } else if facts.peers == 0 {
            self = facts.isTrackerSilent ? .trackerUnreachable : .nobodyAnnounced
        } else if !facts.hasBegun {
            self = .clockNotStarted
        } else if let sources = facts.sources {
            self = Self.reason(of: sources, peers: facts.peers)
        } else {
            self = .nothingNew(peers: facts.peers)
        }
    }

    private static func reason(of sources: StallFacts.Sources, peers: Int) -> StallReason {
        if sources.count == 0 { return .peersSilent(peers: peers) }
        if sources.usefulChunks > 0 { return .nothingSent(chunks: sources.usefulChunks) }
        guard let chunk = sources.firstUnheld else { return .nothingNew(peers: peers) }
        return .nobodyHolds(chunk, others: sources.unheldChunks - 1, sources: sources.count)
    }

    package var description: String {
        switch self {
        case .disk: "waiting for the disk to take what came"
        case .downloadLimit: "held back by --download-limit"
        case .trackerUnreachable: "no peers known, and the tracker does not answer"
        case .nobodyAnnounced: "no peers: nobody else has announced this torrent to the tracker"
        case .clockNotStarted: "the tracker's clock has not started; it may wait for more members (--expect)"
        case .peersSilent(let peers): "\(Self.counted(peers, "peer")) known, and none of them answers"
        case .nobodyHolds(let chunk, 0, let sources):
            "nothing new at \(Self.counted(sources, "peer")): nobody known holds chunk \(chunk)"
        case .nobodyHolds(let chunk, let others, let sources):
            "nothing new at \(Self.counted(sources, "peer")): nobody known holds chunk \(chunk), nor "
                + "\(Self.counted(Int(others), "other"))"
        case .nothingSent(let chunks): "peers hold \(Self.counted(Int(chunks), "missing chunk")) and send none"
        case .nothingNew(let peers): "nothing new came from the \(Self.counted(peers, "peer")) known"
        }
    }

    private static func counted(_ count: Int, _ noun: String) -> String {
        "\(count) \(noun)\(count == 1 ? "" : "s")"
    }
}
