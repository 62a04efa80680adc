/// What the tracker answers.
package enum TrackerReply: Equatable, Sendable {
    /// To `announce`: how often to announce, and after what silence a member is removed.
    case announced(announceIntervalMilliseconds: UInt32, peerTimeoutMilliseconds: UInt32)
    /// To `leave`.
    case left
    /// To `get_peers`: different live members, drawn uniformly.
    case peers([PeerReference])
    /// To `get_metafile`: how long the whole is, and its bytes from the offset on, as many as one reply carries.
    case metafile(TorrentID, total: UInt64, data: [UInt8])
    /// To `get_info`: likewise of the info dictionary.
    case info(TorrentID, total: UInt64, data: [UInt8])
    case error(code: String, text: String)

    /// The bytes of a metafile or info dictionary in one reply, at most.
    package static let metafileDataLimit = 256 << 10

    package var frames: [[UInt8]] {
        switch self {
        case .announced(let interval, let timeout): [Word.signature, Word.ok, interval.frame, timeout.frame]
        case .left: [Word.signature, Word.ok]
        case .peers(let peers): [Word.signature, Word.peers] + peers.map(\.bytes)
        case .metafile(let torrent, let total, let data): Self.metafileFrames(torrent, total: total) + [data]
        case .info(let torrent, let total, let data): Self.infoFrames(torrent, total: total) + [data]
        case .error(let code, let text): [Word.signature, Word.error, Array(code.utf8), Array(text.utf8)]
        }
    }

    package init(_ frames: WireFrames) throws(WireError) {
        try frames.checkSignature()
        if frames.frame(1, equals: Word.ok) {
            self = try Self.ok(frames)
        } else if frames.frame(1, equals: Word.peers) {
            var peers: [PeerReference] = []
            for index in 2..<frames.count {
                peers.append(try frames.peerReference(index))
            }
            self = .peers(peers)
        } else if frames.frame(1, equals: Word.metafile) {
            let (torrent, total, data) = try Self.part(frames, "metafile")
            self = .metafile(torrent, total: total, data: data)
        } else if frames.frame(1, equals: Word.info) {
            let (torrent, total, data) = try Self.part(frames, "info")
            self = .info(torrent, total: total, data: data)
        } else if frames.frame(1, equals: Word.error) {
            try frames.checkCount(4, of: "error")
            self = .error(
                code: String(decoding: frames[2], as: UTF8.self), text: String(decoding: frames[3], as: UTF8.self))
        } else {
            throw WireError(.unknownVerb, "a tracker answers ok, peers, metafile, info or error")
        }
    }

    /// What stands before the bytes in a `metafile` reply.
    package static func metafileFrames(_ torrent: TorrentID, total: UInt64) -> [[UInt8]] {
        [Word.signature, Word.metafile, torrent.bytes, total.frame]
    }

    /// What stands before the bytes in an `info` reply.
    package static func infoFrames(_ torrent: TorrentID, total: UInt64) -> [[UInt8]] {
        [Word.signature, Word.info, torrent.bytes, total.frame]
    }

    private static func part(
        _ frames: WireFrames, _ verb: String
    ) throws(WireError) -> (torrent: TorrentID, total: UInt64, data: [UInt8]) {
        try frames.checkCount(5, of: verb)
        let torrent = try frames.torrent(2)
        guard let total = frames.integer(3, as: UInt64.self) else {
            throw WireError(.malformed, "\(verb) carries a length of 8 bytes")
        }
        guard frames[4].count <= metafileDataLimit else {
            throw WireError(.tooLarge, "a reply has at most \(metafileDataLimit) bytes of data")
        }
        return (torrent, total, frames.bytes(4))
    }

    private static func ok(_ frames: WireFrames) throws(WireError) -> TrackerReply {
        if frames.count == 2 { return .left }
        try frames.checkCount(4, of: "ok")
        guard let interval = frames.integer(2, as: UInt32.self), let timeout = frames.integer(3, as: UInt32.self) else {
            throw WireError(.malformed, "ok carries two integers of 4 bytes")
        }
        return .announced(announceIntervalMilliseconds: interval, peerTimeoutMilliseconds: timeout)
    }
}
