import GossipCore
import GossipWire
import Testing

private let torrent = TorrentID(Array("hash".utf8))!
private let peer = PeerReference("tcp://10.0.0.1:5001")!

/// Tracker messages to frames and back.
@Suite struct TrackerCodecTests {
    static let requests: [TrackerRequest] = [
        .announce(torrent, peer), .getPeers(torrent), .leave(torrent, peer),
        .getPeers(TorrentID(Array(repeating: 255, count: 64))!), .getMetafile(torrent, offset: 0),
        .getMetafile(torrent, offset: .max), .getInfo(torrent, offset: 0), .getInfo(torrent, offset: .max),
    ]

    static let replies: [TrackerReply] = [
        .announced(announceIntervalMilliseconds: 10_000, peerTimeoutMilliseconds: .max), .left, .peers([]),
        .peers([peer, PeerReference("tcp://[::1]:1")!]), .error(code: "overloaded", text: "later"),
        .error(code: "", text: ""), .metafile(torrent, total: 0, data: []),
        .metafile(torrent, total: .max, data: Array(repeating: 7, count: TrackerReply.metafileDataLimit)),
        .info(torrent, total: 0, data: []),
        .info(torrent, total: .max, data: Array(repeating: 7, count: TrackerReply.metafileDataLimit)),
    ]

    @Test(arguments: requests)
    func requestsSurviveTheRoundTrip(request: TrackerRequest) {
        #expect(TrackerRequest.read(request.frames) == .success(request))
    }

    @Test(arguments: replies)
    func repliesSurviveTheRoundTrip(reply: TrackerReply) {
        #expect(TrackerReply.read(reply.frames) == .success(reply))
    }

    @Test func goldenBytes() {
        #expect(
            TrackerRequest.announce(torrent, peer).frames == frames("GT1", "announce", "hash", "tcp://10.0.0.1:5001"))
        #expect(TrackerRequest.getPeers(torrent).frames == frames("GT1", "get_peers", "hash"))
        #expect(TrackerRequest.leave(torrent, peer).frames == frames("GT1", "leave", "hash", "tcp://10.0.0.1:5001"))
        #expect(
            TrackerRequest.getMetafile(torrent, offset: 258).frames
                == frames("GT1", "get_metafile", "hash", [0, 0, 0, 0, 0, 0, 1, 2]))
        #expect(
            TrackerReply.metafile(torrent, total: 5, data: [1, 2]).frames
                == frames("GT1", "metafile", "hash", [0, 0, 0, 0, 0, 0, 0, 5], [1, 2]))
        #expect(
            TrackerRequest.getInfo(torrent, offset: 258).frames
                == frames("GT1", "get_info", "hash", [0, 0, 0, 0, 0, 0, 1, 2]))
        #expect(
            TrackerReply.info(torrent, total: 5, data: [1, 2]).frames
                == frames("GT1", "info", "hash", [0, 0, 0, 0, 0, 0, 0, 5], [1, 2]))
        let announced = TrackerReply.announced(announceIntervalMilliseconds: 10_000, peerTimeoutMilliseconds: 258)
        #expect(announced.frames == frames("GT1", "ok", [0, 0, 0x27, 0x10], [0, 0, 1, 2]))
        #expect(TrackerReply.left.frames == frames("GT1", "ok"))
        #expect(TrackerReply.peers([peer]).frames == frames("GT1", "peers", "tcp://10.0.0.1:5001"))
        #expect(TrackerReply.error(code: "malformed", text: "so").frames == frames("GT1", "error", "malformed", "so"))
    }

    private static let long = FramePart(Array(repeating: 7, count: 65))
    private static let longReference = FramePart(Array("tcp://".utf8) + Array(repeating: 0x61, count: 248) + [58, 49])

    static let refused: [([[UInt8]], WireError.Code)] = [
        ([], .badSignature),
        (frames("gt1", "get_peers", "hash"), .badSignature),
        (frames("get_peers", "hash"), .badSignature),
        (frames("GT1"), .malformed),
        (frames("GT1", "get_piers", "hash"), .unknownVerb),
        (frames("GT1", "ok"), .unknownVerb),
        (frames("GT1", "get_peers"), .malformed),
        (frames("GT1", "get_peers", "hash", "more"), .malformed),
        (frames("GT1", "get_peers", ""), .malformed),
        (frames("GT1", "get_peers", long), .tooLarge),
        (frames("GT1", "announce", "hash"), .malformed),
        (frames("GT1", "announce", "hash", "10.0.0.1:5001"), .malformed),
        (frames("GT1", "announce", "hash", longReference), .tooLarge),
        (frames("GT1", "announce", long, "tcp://h:1"), .tooLarge),
        (frames("GT1", "leave", "hash"), .malformed),
        (frames("GT1", "leave", "hash", ""), .malformed),
        (frames("GT1", "leave", "hash", "tcp://h:1", ""), .malformed),
        (frames("GT1", "get_metafile", "hash"), .malformed),
        (frames("GT1", "get_metafile", "hash", [0, 0, 0, 1]), .malformed),
        (frames("GT1", "get_metafile", "", [0, 0, 0, 0, 0, 0, 0, 0]), .malformed),
        (frames("GT1", "get_metafile", long, [0, 0, 0, 0, 0, 0, 0, 0]), .tooLarge),
        (frames("GT1", "get_metafile", "hash", [0, 0, 0, 0, 0, 0, 0, 0], []), .malformed),
    ]

    @Test(arguments: refused)
    func requestsAreRefused(message: [[UInt8]], code: WireError.Code) {
        #expect(TrackerRequest.read(message).code == code)
    }

    static let refusedReplies: [([[UInt8]], WireError.Code)] = [
        ([], .badSignature),
        (frames("GT1"), .malformed),
        (frames("GT1", "announce", "hash", "tcp://h:1"), .unknownVerb),
        (frames("GT1", "ok", [0, 0, 0, 1]), .malformed),
        (frames("GT1", "ok", [0, 0, 0, 1], [0, 0, 1]), .malformed),
        (frames("GT1", "ok", [0, 0, 0, 0, 1], [0, 0, 0, 1]), .malformed),
        (frames("GT1", "ok", [0, 0, 0, 1], [0, 0, 0, 1], []), .malformed),
        (frames("GT1", "peers", "tcp://h:1", "nonsense"), .malformed),
        (frames("GT1", "peers", longReference), .tooLarge),
        (frames("GT1", "error", "overloaded"), .malformed),
        (frames("GT1", "metafile", "hash", [0, 0, 0, 0, 0, 0, 0, 5]), .malformed),
        (frames("GT1", "metafile", "hash", [0, 5], [1]), .malformed),
        (frames("GT1", "metafile", long, [0, 0, 0, 0, 0, 0, 0, 5], [1]), .tooLarge),
        (
            frames(
                "GT1", "metafile", "hash", [0, 0, 0, 0, 0, 0, 0, 5],
                FramePart(Array(repeating: 7, count: TrackerReply.metafileDataLimit + 1))), .tooLarge
        ),
    ]

    @Test(arguments: refusedReplies)
    func repliesAreRefused(message: [[UInt8]], code: WireError.Code) {
        #expect(TrackerReply.read(message).code == code)
    }

    @Test func noMutationTrapsOrIsReadAsSomethingElse() {
        var mutator = Mutator(seed: 2)
        let messages = Self.requests.map(\.frames) + Self.replies.map(\.frames)
        var (read, refused) = (0, 0)
        for round in 0..<3_000 {
            var message = round % 10 == 9 ? mutator.randomMessage() : messages[round % messages.count]
            for _ in 0...mutator.generator.index(below: 3) { message = mutator.mutate(message) }
            if case .success(let request) = TrackerRequest.read(message) {
                #expect(request.frames == message)
                read += 1
            } else {
                refused += 1
            }
            switch TrackerReply.read(message) {
            case .success(.error): read += 1  // its text may have been repaired
            case .success(let reply): #expect(reply.frames == message)
            case .failure: refused += 1
            }
        }
        #expect(read > 100 && refused > 2_000)
    }
}
