import GossipCore
import GossipWire
import Testing

private let torrent = TorrentID([0xAB, 0xCD])!
private let codec = PeerCodec(torrent: torrent, chunkCount: 3, isCoded: true)

/// Combinations of chunks to frames and back.
@Suite struct CodedCodecTests {
    private static let vector = CodedVector([0, 0xFF, 0x1D])
    private static let id: FramePart = [0xAB, 0xCD]
    private static let cycle: FramePart = [0, 0, 0, 0, 0, 0, 1, 2]

    @Test func theFramesAreThoseOfTheProtocol() {
        let coded = frames("GT1", "coded", Self.id, Self.cycle, [0, 0xFF, 0x1D])
        #expect(codec.frames(of: PeerRequest.coded(cycle: 258, Self.vector)) == coded)
        #expect(codec.frames(of: PeerReply.coded(cycle: 258, Self.vector)) == coded)
        #expect(
            codec.frames(of: PeerRequest.pullCoded(cycle: 258)) == frames("GT1", "pull_coded", Self.id, Self.cycle))
    }

    @Test func whatIsWrittenIsRead() {
        for cycle in [0, 1, Cycle.max] {
            let coded = codec.frames(of: PeerRequest.coded(cycle: cycle, Self.vector)) + [Array("bytes".utf8)]
            #expect(codec.readRequest(coded) == .success(.coded(cycle: cycle, Self.vector)))
            #expect(codec.readReply(coded) == .success(.coded(cycle: cycle, Self.vector)))
            let pull = PeerRequest.pullCoded(cycle: cycle)
            #expect(codec.readRequest(codec.frames(of: pull)) == .success(pull))
        }
    }

    static let refused: [([[UInt8]], WireError.Code)] = [
        (frames("GT1", "coded", id, cycle, [0, 1, 2]), .malformed),
        (frames("GT1", "coded", id, cycle, [0, 1, 2], "x", "y"), .malformed),
        (frames("GT1", "coded", id, cycle, [0, 1], "x"), .malformed),
        (frames("GT1", "coded", id, cycle, [0, 1, 2, 3], "x"), .malformed),
        (frames("GT1", "coded", id, cycle, [0, 0, 0], "x"), .malformed),
        (frames("GT1", "coded", id, [1], [0, 1, 2], "x"), .malformed),
        (frames("GT1", "coded", [1], cycle, [0, 1, 2], "x"), .unknownTorrent),
        (frames("GT1", "pull_coded", id, cycle, [0, 1, 2]), .malformed),
        (frames("GT1", "pull_coded", id), .malformed),
        (frames("GT1", "pull_coded", id, [0]), .malformed),
        (frames("GT1", "pull-coded", id, cycle), .unknownVerb),
    ]

    @Test(arguments: refused) func whatIsNoMessageIsRefused(message: [[UInt8]], code: WireError.Code) {
        #expect(codec.readRequest(message).code == code)
        if message[1] == Array("coded".utf8) { #expect(codec.readReply(message).code == code) }
    }

    /// Where combinations are not sent, nobody knows their verbs.
    @Test func otherSwarmsDoNotKnowThem() {
        let other = PeerCodec(torrent: torrent, chunkCount: 3)
        let coded = codec.frames(of: PeerRequest.coded(cycle: 1, Self.vector)) + [[1]]
        #expect(other.readRequest(coded).code == .unknownVerb)
        #expect(other.readReply(coded).code == .unknownVerb)
        #expect(other.readRequest(codec.frames(of: PeerRequest.pullCoded(cycle: 1))).code == .unknownVerb)
    }

    /// Damaged in any way, a message is an error or reads as one that is written alike.
    @Test func noMutationTrapsOrIsReadAsSomethingElse() {
        var mutator = Mutator(seed: 2)
        let messages = [
            codec.frames(of: PeerRequest.coded(cycle: 7, Self.vector)) + [[1, 2, 3]],
            codec.frames(of: PeerRequest.pullCoded(cycle: 7)),
        ]
        var refused = 0
        for round in 0..<3_000 {
            var message = messages[round % 2]
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
