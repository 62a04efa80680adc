/// What a client asks of the tracker.
package enum TrackerRequest: Equatable, Sendable {
    case announce(TorrentID, PeerReference)
    case getPeers(TorrentID)
    case leave(TorrentID, PeerReference)
    /// The bytes of a torrent's metafile from an offset on.
    case getMetafile(TorrentID, offset: UInt64)
    /// The bytes of a torrent's info dictionary from an offset on.
    case getInfo(TorrentID, offset: UInt64)

    package var frames: [[UInt8]] {
        switch self {
        case .announce(let torrent, let peer): [Word.signature, Word.announce, torrent.bytes, peer.bytes]
        case .getPeers(let torrent): [Word.signature, Word.getPeers, torrent.bytes]
        case .leave(let torrent, let peer): [Word.signature, Word.leave, torrent.bytes, peer.bytes]
        case .getMetafile(let torrent, let offset):
            [Word.signature, Word.getMetafile, torrent.bytes, offset.frame]
        case .getInfo(let torrent, let offset):
            [Word.signature, Word.getInfo, torrent.bytes, offset.frame]
        }
    }

    /// Reads a request; the error is what to answer it with.
    package init(_ frames: WireFrames) throws(WireError) {
        try frames.checkSignature()
        if frames.frame(1, equals: Word.announce) {
            try frames.checkCount(4, of: "announce")
            self = .announce(try frames.torrent(2), try frames.peerReference(3))
        } else if frames.frame(1, equals: Word.getPeers) {
            try frames.checkCount(3, of: "get_peers")
            self = .getPeers(try frames.torrent(2))
        } else if frames.frame(1, equals: Word.leave) {
            try frames.checkCount(4, of: "leave")
            self = .leave(try frames.torrent(2), try frames.peerReference(3))
        } else if frames.frame(1, equals: Word.getMetafile) {
            let (torrent, offset) = try Self.part(frames, "get_metafile")
            self = .getMetafile(torrent, offset: offset)
        } else if frames.frame(1, equals: Word.getInfo) {
            let (torrent, offset) = try Self.part(frames, "get_info")
            self = .getInfo(torrent, offset: offset)
        } else {
            throw WireError(.unknownVerb, "a tracker knows announce, get_peers, leave, get_metafile and get_info")
        }
    }

    private static func part(
        _ frames: WireFrames, _ verb: String
    ) throws(WireError) -> (torrent: TorrentID, offset: UInt64) {
        try frames.checkCount(4, of: verb)
        let torrent = try frames.torrent(2)
        guard let offset = frames.integer(3, as: UInt64.self) else {
            throw WireError(.malformed, "\(verb) carries an offset of 8 bytes")
        }
        return (torrent, offset)
    }
}
