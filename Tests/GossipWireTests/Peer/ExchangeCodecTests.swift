import GossipCore
import GossipWire
import Testing

private let torrent = TorrentID([0xAB, 0xCD])!
private let codec = PeerCodec(torrent: torrent, chunkCount: 9)
private let reference = PeerReference("tcp://10.0.0.1:7000")!

private func chunkSet(_ members: [ChunkID]) -> ChunkSet {
    var set = ChunkSet(chunkCount: 9)
    for chunk in members { set.insert(chunk) }
    return set
}

/// Messages of the bulk exchange to frames and back.
@Suite struct ExchangeCodecTests {
    static let version = HoldingsVersion(epoch: 0x0102_0304_0506_0708, count: 3)
    static let updates: [HoldingsUpdate] = [
        HoldingsUpdate(version: version, content: .everything),
        HoldingsUpdate(version: version, content: .chunks(chunkSet([0, 8]))),
        HoldingsUpdate(version: version, content: .added(since: 1, [4, 2])),
        HoldingsUpdate(version: version, content: .added(since: 3, [])),
    ]

    static let requests: [ExchangeRequest] =
        updates.map { .open(cycle: 7, $0, known: nil) } + [
            .open(cycle: .max, updates[0], known: version), .want(cycle: 1, []), .want(cycle: 1, [8, 0]),
            .ready(cycle: 2), .cancel(cycle: 3, [5]),
        ]

    static let replies: [ExchangeReply] =
        updates.map { .opened(cycle: 7, $0, known: nil, queued: [1, 2]) } + updates.map { .got(cycle: 9, $0) } + [
            .opened(cycle: 0, updates[1], known: version, queued: []), .busy(cycle: 4),
            .grant(cycle: 5, credit: 1, suggested: []), .grant(cycle: 5, credit: .max, suggested: [3, 4]),
            .chunk(cycle: 6, chunk: 8), ExchangeReply.none(cycle: 6, chunk: 0),
        ]

    static func whole(_ request: ExchangeRequest) -> [[UInt8]] { codec.frames(of: request, from: reference) }

    static func whole(_ reply: ExchangeReply) -> [[UInt8]] {
        guard case .chunk = reply else { return codec.frames(of: reply) }
        return codec.frames(of: reply) + [[1, 2, 3]]
    }

    @Test(arguments: requests)
    func requestsSurviveTheRoundTrip(request: ExchangeRequest) {
        #expect(codec.readExchangeRequest(Self.whole(request)) == .success(request))
    }

    @Test(arguments: replies)
    func repliesSurviveTheRoundTrip(reply: ExchangeReply) {
        #expect(codec.readExchangeReply(Self.whole(reply)) == .success(reply))
    }

    @Test func anOpeningTellsWhoOpens() {
        let message = Self.whole(.open(cycle: 7, Self.updates[0], known: nil))
        let opener = WireFrames.with(message) { frames in try? codec.exchangeRequest(frames)?.opener }
        #expect(opener == reference)
    }

    /// The bytes as any other implementation must write them.
    @Test func goldenBytes() {
        let cycle: FramePart = [0, 0, 0, 0, 0, 0, 1, 2]
        let id: FramePart = [0xAB, 0xCD]
        #expect(
            Self.whole(.open(cycle: 258, Self.updates[1], known: Self.version))
                == frames(
                    "GT1", "exchange", id, cycle, "tcp://10.0.0.1:7000",
                    [1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 3, 1, 0x80, 0x80], [1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 3]))
        #expect(
            Self.whole(.opened(cycle: 258, Self.updates[2], known: nil, queued: [5]))
                == frames(
                    "GT1", "exchange", id, cycle,
                    [1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 3, 2, 0, 0, 0, 1, 0, 0, 0, 4, 0, 0, 0, 2], [], [0, 0, 0, 5]))
        #expect(
            Self.whole(.grant(cycle: 258, credit: 1, suggested: [7]))
                == frames("GT1", "grant", id, cycle, [0, 0, 0, 1], [0, 0, 0, 7]))
        #expect(Self.whole(.want(cycle: 258, [7])) == frames("GT1", "want", id, cycle, [0, 0, 0, 7]))
        #expect(Self.whole(.ready(cycle: 258)) == frames("GT1", "ready", id, cycle))
        #expect(Self.whole(.busy(cycle: 258)) == frames("GT1", "busy", id, cycle))
    }

    /// The classic verbs are not the exchange's.
    @Test func otherVerbsAreLeftToOthers() {
        #expect(codec.readExchangeRequest(codec.frames(of: PeerRequest.pull(cycle: 1, chunk: 2))) == .success(nil))
        #expect(codec.readExchangeReply(codec.frames(of: PeerReply.late(cycle: 1, chunk: 2))) == .success(nil))
    }

    private static let cycle: FramePart = [0, 0, 0, 0, 0, 0, 0, 1]
    private static let id: FramePart = [0xAB, 0xCD]
    private static let epoch = Array(repeating: UInt8(0), count: 12)

    static let broken: [([[UInt8]], WireError.Code)] = [
        (frames("GT1", "want", id, cycle), .malformed),
        (frames("GT1", "want", id, cycle, [0, 0, 1]), .malformed),
        (frames("GT1", "want", id, cycle, [0, 0, 0, 9]), .malformed),
        (frames("GT1", "want", id, cycle, FramePart(Array(repeating: 0, count: 40))), .malformed),
        (frames("GT1", "want", [1], cycle, []), .unknownTorrent),
        (frames("GT1", "ready", id, cycle, []), .malformed),
        (frames("GT1", "exchange", id, cycle, "tcp://x:1", FramePart(epoch + [0])), .malformed),
        (frames("GT1", "exchange", id, cycle, "x", FramePart(epoch + [0]), []), .malformed),
        (frames("GT1", "exchange", id, cycle, "tcp://x:1", FramePart(epoch), []), .malformed),
        (frames("GT1", "exchange", id, cycle, "tcp://x:1", FramePart(epoch + [3]), []), .malformed),
        (frames("GT1", "exchange", id, cycle, "tcp://x:1", FramePart(epoch + [0, 0]), []), .malformed),
        (frames("GT1", "exchange", id, cycle, "tcp://x:1", FramePart(epoch + [1, 0]), []), .malformed),
        (frames("GT1", "exchange", id, cycle, "tcp://x:1", FramePart(epoch + [1, 0, 1]), []), .malformed),
        (frames("GT1", "exchange", id, cycle, "tcp://x:1", FramePart(epoch + [2, 0]), []), .malformed),
        (frames("GT1", "exchange", id, cycle, "tcp://x:1", FramePart(epoch + [0]), [1]), .malformed),
    ]

    @Test(arguments: broken)
    func brokenRequestsAreRefused(message: [[UInt8]], code: WireError.Code) {
        #expect(codec.readExchangeRequest(message).code == code)
    }

    static let brokenReplies: [([[UInt8]], WireError.Code)] = [
        (frames("GT1", "grant", id, cycle, [0, 1], []), .malformed),
        (frames("GT1", "grant", id, cycle, [0, 0, 0, 1]), .malformed),
        (frames("GT1", "got", id, cycle, []), .malformed),
        (frames("GT1", "busy", id), .malformed),
        (frames("GT1", "exchange", id, cycle, FramePart(epoch + [0]), []), .malformed),
    ]

    @Test(arguments: brokenReplies)
    func brokenRepliesAreRefused(message: [[UInt8]], code: WireError.Code) {
        #expect(codec.readExchangeReply(message).code == code)
    }

    /// Damaged in any way, a message is an error or reads as one that is written alike.
    @Test func noMutationTrapsOrIsReadAsSomethingElse() {
        var mutator = Mutator(seed: 2)
        var refused = 0
        for round in 0..<3_000 {
            let isRequest = round % 2 == 0
            var message =
                isRequest
                ? Self.whole(Self.requests[round / 2 % Self.requests.count])
                : Self.whole(Self.replies[round / 2 % Self.replies.count])
            for _ in 0...mutator.generator.index(below: 3) { message = mutator.mutate(message) }
            if case .success(let request?) = codec.readExchangeRequest(message) {
                let written = Self.whole(request)
                #expect(written.count == message.count && written.last == message.last && written[1] == message[1])
            } else {
                refused += 1
            }
            if case .success(let reply?) = codec.readExchangeReply(message) {
                let written = codec.frames(of: reply)
                #expect(written == Array(message.prefix(written.count)))
            } else {
                refused += 1
            }
        }
        #expect(refused > 3_000 && refused < 6_000, "some are read, most are refused")
    }
}
