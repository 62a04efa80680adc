/// What the tracker answers.
package enum TrackerReply: Equatable, Sendable {
    /// To `announce`: how often to announce, and after what silence a member is removed.
    case announced(announceIntervalMilliseconds: UInt32, peerTimeoutMilliseconds: UInt32)
    /// To `leave`.
    case left
    /// To `get_peers`: different live members, drawn uniformly.
    case peers([PeerReference])
    case error(code: String, text: String)

    package var frames: [[UInt8]] {
        switch self {
        case .announced(let interval, let timeout): [Word.signature, Word.ok, interval.frame, timeout.frame]
        case .left: [Word.signature, Word.ok]
        case .peers(let peers): [Word.signature, Word.peers] + peers.map(\.bytes)
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
        } else if frames.frame(1, equals: Word.error) {
            try frames.checkCount(4, of: "error")
            self = .error(
                code: String(decoding: frames[2], as: UTF8.self), text: String(decoding: frames[3], as: UTF8.self))
        } else {
            throw WireError(.unknownVerb, "a tracker answers ok, peers or error")
        }
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
