import GossipCore
import GossipWire
import Testing

private let torrent = TorrentID([0xAB, 0xCD])!
private let codec = PeerCodec(torrent: torrent, chunkCount: 9)
private let reading = CycleReading(cycle: 7, elapsed: .milliseconds(258), interval: .milliseconds(1_000))

/// Shuffles to frames and back; peer N is at `tcp://h:N`.
@Suite struct ShuffleCodecTests {
    private static func reference(_ peer: PeerID) -> PeerReference? {
        peer.rawValue == 13 ? nil : PeerReference("tcp://h:\(peer.rawValue)")
    }

    private static func identify(_ reference: PeerReference) -> PeerID {
        PeerID(UInt32(reference.endpoint.split(separator: ":").last ?? "") ?? 0)
    }

    private func encoded(_ entries: [ViewEntry], _ reading: CycleReading? = reading) -> [[UInt8]] {
        codec.frames(of: .shuffle(cycle: 7, entries: entries) as PeerRequest, reading: reading) { Self.reference($0) }
    }

    private func read(_ frames: [[UInt8]]) -> Result<PeerRequest, WireError> {
        WireFrames.with(frames) { frames in
            Result { () throws(WireError) in try codec.request(frames, identify: Self.identify) }
        }
    }

    private static let entries: [ViewEntry] = [
        ViewEntry(PeerID(5)), ViewEntry(PeerID(9), age: 258), ViewEntry(PeerID(6), age: .max),
    ]

    /// The bytes as any other implementation must write them.
    @Test func theFramesAreTheProtocols() {
        #expect(
            encoded(Array(Self.entries.prefix(2)))
                == frames(
                    "GT1", "shuffle", [0xAB, 0xCD], [0, 0, 0, 0, 0, 0, 0, 7],
                    [0, 0, 0, 0, 0, 0, 0, 7, 0, 0, 1, 2, 0, 0, 3, 0xE8],
                    FramePart([0, 0] + Array("tcp://h:5".utf8)), FramePart([1, 2] + Array("tcp://h:9".utf8))))
        #expect(encoded([], nil) == frames("GT1", "shuffle", [0xAB, 0xCD], [0, 0, 0, 0, 0, 0, 0, 7], []))
    }

    @Test(arguments: [0, 1, 3]) func shufflesSurviveTheRoundTrip(count: Int) {
        let entries = Array(Self.entries.prefix(count))
        #expect(read(encoded(entries)) == .success(.shuffle(cycle: 7, entries: entries)))
        let reply = codec.frames(of: .shuffle(cycle: 7, entries: entries) as PeerReply, reading: nil) {
            Self.reference($0)
        }
        let read = WireFrames.with(reply) { frames in
            Result { () throws(WireError) in try codec.reply(frames, identify: Self.identify) }
        }
        #expect(read == .success(.shuffle(cycle: 7, entries: entries)))
    }

    @Test func whoseAddressIsForgottenIsLeftOut() {
        let known = [ViewEntry(PeerID(5), age: 1), ViewEntry(PeerID(13), age: 2), ViewEntry(PeerID(6), age: 3)]
        #expect(read(encoded(known)) == .success(.shuffle(cycle: 7, entries: [known[0], known[2]])))
    }

    /// As those who are not on a secured swarm's list.
    @Test func whomTheNodeDoesNotNumberIsPassedOver() {
        let read = WireFrames.with(encoded(Self.entries)) { frames in
            Result { () throws(WireError) in
                try codec.request(frames) { $0 == Self.reference(PeerID(9)) ? nil : Self.identify($0) }
            }
        }
        #expect(read == .success(.shuffle(cycle: 7, entries: [Self.entries[0], Self.entries[2]])))
    }

    @Test func theSendersTimeIsRead() {
        #expect(WireFrames.with(encoded([])) { codec.reading($0) } == reading)
        #expect(WireFrames.with(encoded([], nil)) { codec.reading($0) } == nil)
        #expect(WireFrames.with(codec.frames(of: .pull(cycle: 7, chunk: 0))) { codec.reading($0) } == nil)
    }

    @Test func aNodeThatDoesNotShuffleDoesNotKnowTheVerb() {
        #expect(codec.readRequest(encoded([])).code == .unknownVerb)
        #expect(codec.readReply(encoded([])).code == .unknownVerb)
    }

    private static let damages: [(String, WireError.Code, @Sendable ([[UInt8]]) -> [[UInt8]])] = [
        ("no time frame", .malformed, { Array($0[..<4]) }),
        ("cycle 0", .malformed, { $0.replacing(4, [UInt8](repeating: 0, count: 8) + $0[4][8...]) }),
        ("a cycle that is over", .malformed, { $0.replacing(4, Array($0[4][..<8]) + [0, 0, 3, 0xE8, 0, 0, 3, 0xE8]) }),
        ("an interval of none", .malformed, { $0.replacing(4, Array($0[4][..<8]) + [UInt8](repeating: 0, count: 8)) }),
        ("a short time", .malformed, { $0.replacing(4, Array($0[4].dropLast())) }),
        ("an entry without a reference", .malformed, { $0.replacing(5, [0, 0]) }),
        ("an entry of one byte", .malformed, { $0.replacing(5, [0]) }),
        ("an empty entry", .malformed, { $0.replacing(5, []) }),
        ("what is no reference", .malformed, { $0.replacing(6, [0, 0] + Array("udp://h:1".utf8)) }),
        ("a long reference", .tooLarge, { $0.replacing(6, [UInt8](repeating: 0x61, count: 258)) }),
        ("too many entries", .malformed, { $0 + Array(repeating: $0[5], count: 256) }),
        ("another torrent", .unknownTorrent, { $0.replacing(2, [1]) }),
    ]

    @Test(arguments: damages.map(\.0)) func aDamagedShuffleIsRefusedAsAWhole(name: String) throws {
        let damage = try #require(Self.damages.first { $0.0 == name })
        var isNumbered = false
        let result = WireFrames.with(damage.2(encoded(Self.entries))) { frames in
            Result { () throws(WireError) in
                try codec.request(frames) { reference in
                    isNumbered = true
                    return Self.identify(reference)
                }
            }
        }
        #expect(result.code == damage.1)
        #expect(!isNumbered, "nothing of it gets a number")
    }

    @Test func mutatedShufflesAreReadOrRefused() {
        var mutator = Mutator(seed: 3)
        for _ in 0..<5_000 {
            let frames = mutator.mutate(encoded(Self.entries))
            if case .success(.shuffle(_, let entries)) = read(frames) { #expect(entries.count == frames.count - 5) }
        }
    }
}

extension [[UInt8]] {
    fileprivate func replacing(_ index: Int, _ frame: [UInt8]) -> [[UInt8]] {
        var frames = self
        frames[index] = frame
        return frames
    }
}
