import GossipCore
import GossipWire
import Testing

private let torrent = TorrentID([0xAB, 0xCD])!
private let codec = PeerCodec(torrent: torrent, chunkCount: 9)

private func digest(_ art: String) -> ChunkSet {
    var set = ChunkSet(chunkCount: UInt32(art.utf8.count))
    for (index, mark) in art.utf8.enumerated() where mark == UInt8(ascii: "x") { set.insert(ChunkID(index)) }
    return set
}

/// Peer messages to frames and back.
@Suite struct PeerCodecTests {
    static let requests: [PeerRequest] = [
        .push(cycle: 1, chunk: 0), .push(cycle: .max, chunk: 8), .pull(cycle: 0, chunk: 3), .pull(cycle: 77, chunk: 8),
        .have(cycle: 5, digest: nil), .have(cycle: 5, digest: digest("xx......x")),
        .have(cycle: 5, digest: digest(".........")),
    ]

    static let replies: [PeerReply] = [
        .chunk(cycle: 1, chunk: 0), .chunk(cycle: .max, chunk: 8), PeerReply.none(cycle: 2, chunk: 1),
        .late(cycle: 3, chunk: 2), .have(cycle: 4, digest: digest("x.x.x.x.x")),
        .have(cycle: 4, digest: digest(".........")),
    ]

    /// A push and a chunk lack their bytes until the shell adds them.
    static func whole(_ request: PeerRequest) -> [[UInt8]] {
        guard case .push = request else { return codec.frames(of: request) }
        return codec.frames(of: request) + [[1, 2, 3]]
    }

    static func whole(_ reply: PeerReply) -> [[UInt8]] {
        guard case .chunk = reply else { return codec.frames(of: reply) }
        return codec.frames(of: reply) + [[1, 2, 3]]
    }

    @Test(arguments: requests)
    func requestsSurviveTheRoundTrip(request: PeerRequest) {
        #expect(codec.readRequest(Self.whole(request)) == .success(request))
    }

    @Test(arguments: replies)
    func repliesSurviveTheRoundTrip(reply: PeerReply) {
        #expect(codec.readReply(Self.whole(reply)) == .success(reply))
    }

    @Test func theBytesStandInTheDataFrame() {
        let message = Self.whole(.push(cycle: 1, chunk: 0))
        #expect(message[PeerCodec.dataFrame] == [1, 2, 3] && message.count == PeerCodec.dataFrame + 1)
        #expect(codec.frames(of: PeerReply.chunk(cycle: 1, chunk: 0)).count == PeerCodec.dataFrame)
    }

    @Test func emptyDataIsReadForTheHashToRefuse() {
        let message = codec.frames(of: .push(cycle: 1, chunk: 0)) + [[]]
        #expect(codec.readRequest(message) == .success(.push(cycle: 1, chunk: 0)))
    }

    /// The bytes as any other implementation must write them; `docs/protocol.md` shows some of these.
    @Test func goldenBytes() {
        let cycle: FramePart = [0, 0, 0, 0, 0, 0, 1, 2]
        #expect(
            codec.frames(of: PeerRequest.push(cycle: 258, chunk: 7))
                == frames("GT1", "push", [0xAB, 0xCD], cycle, [0, 0, 0, 7]))
        #expect(
            codec.frames(of: PeerRequest.pull(cycle: 258, chunk: 7))
                == frames("GT1", "pull", [0xAB, 0xCD], cycle, [0, 0, 0, 7]))
        #expect(
            codec.frames(of: PeerRequest.have(cycle: 258, digest: nil))
                == frames("GT1", "have", [0xAB, 0xCD], cycle, []))
        #expect(
            codec.frames(of: PeerReply.have(cycle: 258, digest: digest("x......xx")))
                == frames("GT1", "have", [0xAB, 0xCD], cycle, [0x81, 0x80]))
        #expect(
            codec.frames(of: PeerReply.chunk(cycle: 258, chunk: 7))
                == frames("GT1", "chunk", [0xAB, 0xCD], cycle, [0, 0, 0, 7]))
        #expect(
            codec.frames(of: PeerReply.none(cycle: 258, chunk: 7))
                == frames("GT1", "none", [0xAB, 0xCD], cycle, [0, 0, 0, 7]))
        #expect(
            codec.frames(of: PeerReply.late(cycle: 258, chunk: 7))
                == frames("GT1", "late", [0xAB, 0xCD], cycle, [0, 0, 0, 7]))
        #expect(
            codec.frames(of: PeerReply.malformed)
                == frames("GT1", "error", "malformed", "the file has 9 chunks, counted from 0"))
    }

    @Test func anEmptyFilesDigestIsAnEmptyFrame() {
        let codec = PeerCodec(torrent: torrent, chunkCount: 0)
        let reply = PeerReply.have(cycle: 1, digest: ChunkSet(chunkCount: 0))
        #expect(codec.frames(of: reply).last == [])
        #expect(codec.readReply(codec.frames(of: reply)) == .success(reply))
    }
}

/// What is no message, and the code that says why.
@Suite struct PeerCodecRefusalTests {
    private static let cycle: FramePart = [0, 0, 0, 0, 0, 0, 0, 1]
    private static let id: FramePart = [0xAB, 0xCD]
    private static let long = FramePart(Array(repeating: 7, count: 65))

    static let requests: [([[UInt8]], WireError.Code)] = [
        ([], .badSignature),
        (frames(""), .badSignature),
        (frames("GT2", "pull", id, cycle, [0, 0, 0, 1]), .badSignature),
        (frames("GT1 ", "pull", id, cycle, [0, 0, 0, 1]), .badSignature),
        (frames("GT1"), .malformed),
        (frames("GT1", "steal"), .unknownVerb),
        (frames("GT1", ""), .unknownVerb),
        (frames("GT1", "chunk", id, cycle, [0, 0, 0, 1], "x"), .unknownVerb),
        (frames("GT1", "pull"), .malformed),
        (frames("GT1", "pull", id, cycle, [0, 0, 0, 1], "x"), .malformed),
        (frames("GT1", "push", id, cycle, [0, 0, 0, 1]), .malformed),
        (frames("GT1", "pull", [], cycle, [0, 0, 0, 1]), .malformed),
        (frames("GT1", "pull", long, cycle, [0, 0, 0, 1]), .tooLarge),
        (frames("GT1", "pull", [1], cycle, [0, 0, 0, 1]), .unknownTorrent),
        (frames("GT1", "pull", id, [0, 0, 0, 1], [0, 0, 0, 1]), .malformed),
        (frames("GT1", "pull", id, cycle, [0, 1]), .malformed),
        (frames("GT1", "pull", id, cycle, [0, 0, 0, 0, 0, 0, 0, 1]), .malformed),
        (frames("GT1", "pull", id, cycle, [0, 0, 0, 9]), .malformed),
        (frames("GT1", "push", id, cycle, [255, 255, 255, 255], "x"), .malformed),
        (frames("GT1", "have", id, cycle), .malformed),
        (frames("GT1", "have", id, cycle, [0]), .malformed),
        (frames("GT1", "have", id, cycle, [0, 0, 0]), .malformed),
        (frames("GT1", "have", id, cycle, [0, 0x40]), .malformed),
    ]

    @Test(arguments: requests)
    func requestsAreRefused(message: [[UInt8]], code: WireError.Code) {
        #expect(codec.readRequest(message).code == code)
    }

    static let replies: [([[UInt8]], WireError.Code)] = [
        ([], .badSignature),
        (frames("GT1"), .malformed),
        (frames("GT1", "push", id, cycle, [0, 0, 0, 1], "x"), .unknownVerb),
        (frames("GT1", "chunk", id, cycle, [0, 0, 0, 1]), .malformed),
        (frames("GT1", "none", id, cycle, [0, 0, 0, 1], ""), .malformed),
        (frames("GT1", "late", id, cycle, [0, 0, 0, 10]), .malformed),
        (frames("GT1", "none", [1], cycle, [0, 0, 0, 1]), .unknownTorrent),
        (frames("GT1", "have", id, cycle, []), .malformed),
        (frames("GT1", "error", "malformed"), .malformed),
    ]

    @Test(arguments: replies)
    func repliesAreRefused(message: [[UInt8]], code: WireError.Code) {
        #expect(codec.readReply(message).code == code)
    }

    @Test(arguments: WireError.Code.allCases)
    func everyErrorCodeIsRead(code: WireError.Code) {
        let error = WireError(code, "why")
        #expect(codec.readReply(error.frames) == .failure(error))
        #expect(error.description == "\(code.rawValue): why")
    }

    @Test func theCodesAreThoseOfTheProtocol() {
        let codes = [
            "bad-signature", "unknown-verb", "malformed", "too-large", "overloaded", "unknown-torrent", "not-allowed",
        ]
        #expect(WireError.Code.allCases.map(\.rawValue) == codes)
    }

    @Test func anErrorFromAStrangerIsCutShort() {
        let long = FramePart(Array(repeating: UInt8(ascii: "x"), count: 10_000))
        guard case .failure(let error) = codec.readReply(frames("GT1", "error", "new-code", long)) else {
            Issue.record("an error is no reply")
            return
        }
        #expect(error.text.utf8.count == 200)
    }

    /// Damaged in any way, a message is an error or reads as one that is written alike.
    @Test func noMutationTrapsOrIsReadAsSomethingElse() {
        var mutator = Mutator(seed: 1)
        let requests = PeerCodecTests.requests.map { PeerCodecTests.whole($0) }
        let replies = PeerCodecTests.replies.map { PeerCodecTests.whole($0) } + [WireError(.overloaded, "later").frames]
        var refused = 0
        for round in 0..<3_000 {
            var message = round % 2 == 0 ? requests[round / 2 % requests.count] : replies[round / 2 % replies.count]
            if round % 10 == 9 { message = mutator.randomMessage() }
            for _ in 0...mutator.generator.index(below: 3) { message = mutator.mutate(message) }
            if case .success(let request) = codec.readRequest(message) {
                #expect(codec.frames(of: request) == Array(message.prefix(5)))
            } else {
                refused += 1
            }
            if case .success(let reply) = codec.readReply(message) {
                #expect(codec.frames(of: reply) == Array(message.prefix(5)))
            } else {
                refused += 1
            }
        }
        #expect(refused > 3_000 && refused < 6_000, "some are read, most are refused")
    }
}
