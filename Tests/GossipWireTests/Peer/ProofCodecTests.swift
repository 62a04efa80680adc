import GossipCore
import GossipWire
import Testing

private let torrent = TorrentID([0xAB, 0xCD])!
private let reference = PeerReference("tcp://10.0.0.1:7000")!
private let asking = PeerCodec(torrent: torrent, chunkCount: 9, asksForProofs: true)
private let codec = PeerCodec(torrent: torrent, chunkCount: 9)
private let cycle: FramePart = [0, 0, 0, 0, 0, 0, 1, 2]
private let id: FramePart = [0xAB, 0xCD]

/// Chunks with their proofs, to frames and back.
@Suite struct ProofCodecTests {
    private static func hashes(_ count: Int) -> [UInt8] { Array(repeating: 7, count: count * 32) }

    /// To the core they are what the words without proofs are.
    @Test func requestsAreReadByEveryNode() {
        let want = asking.frames(of: ExchangeRequest.want(cycle: 258, [7, 1]), from: reference)
        #expect(want == frames("GT1", "want_proven", id, cycle, [0, 0, 0, 7, 0, 0, 0, 1]))
        #expect(codec.readExchangeRequest(want) == .success(.want(cycle: 258, [7, 1])))
        let pull = asking.frames(of: PeerRequest.pull(cycle: 258, chunk: 8))
        #expect(pull == frames("GT1", "pull_proven", id, cycle, [0, 0, 0, 8]))
        #expect(codec.readRequest(pull) == .success(.pull(cycle: 258, chunk: 8)))
    }

    @Test func allElseIsSaidAsEver() {
        for request in [ExchangeRequest.ready(cycle: 1), .cancel(cycle: 1, [2])] {
            #expect(asking.frames(of: request, from: reference) == codec.frames(of: request, from: reference))
        }
        for request in [PeerRequest.push(cycle: 1, chunk: 2), .have(cycle: 1, digest: nil)] {
            #expect(asking.frames(of: request) == codec.frames(of: request))
        }
        #expect(
            asking.frames(of: PeerReply.chunk(cycle: 1, chunk: 2))
                == codec.frames(of: PeerReply.chunk(cycle: 1, chunk: 2)))
    }

    @Test func aRequestTellsWhetherItAsksForProofs() {
        func wish(_ message: [[UInt8]]) -> Bool? { WireFrames.with(message) { codec.wantsProofs($0) } }
        for (asker, expected) in [(asking, true), (codec, false)] {
            #expect(wish(asker.frames(of: ExchangeRequest.want(cycle: 1, []), from: reference)) == expected)
            #expect(wish(asker.frames(of: PeerRequest.pull(cycle: 1, chunk: 0))) == expected)
            #expect(wish(asker.frames(of: ExchangeRequest.ready(cycle: 1), from: reference)) == nil)
            #expect(wish(asker.frames(of: PeerRequest.push(cycle: 1, chunk: 0))) == nil)
        }
        #expect(wish([]) == nil)
    }

    @Test(arguments: [0, 1, 32]) func aProvenChunkSurvivesTheRoundTrip(count: Int) {
        let message = codec.frames(ofProven: 8, cycle: 258, proof: Self.hashes(count)) + [[1, 2, 3]]
        #expect(message == frames("GT1", "proven", id, cycle, [0, 0, 0, 8], FramePart(Self.hashes(count)), [1, 2, 3]))
        #expect(codec.readReply(message) == .success(.chunk(cycle: 258, chunk: 8)))
        #expect(codec.readExchangeReply(message) == .success(.chunk(cycle: 258, chunk: 8)))
        #expect(WireFrames.with(message) { codec.proof($0) } == Self.hashes(count))
        #expect(message[PeerCodec.provenDataFrame] == [1, 2, 3])
    }

    @Test func otherRepliesHaveNoProof() {
        let chunk = codec.frames(of: PeerReply.chunk(cycle: 1, chunk: 2)) + [[1]]
        #expect(WireFrames.with(chunk) { codec.proof($0) } == nil)
    }

    static let broken: [[[UInt8]]] = [
        frames("GT1", "proven", id, cycle, [0, 0, 0, 9], [], [1]),
        frames("GT1", "proven", id, cycle, [0, 0, 8], [], [1]),
        frames("GT1", "proven", id, cycle, [0, 0, 0, 8], []),
        frames("GT1", "proven", id, cycle, [0, 0, 0, 8], [], [1], []),
        frames("GT1", "proven", id, cycle, [0, 0, 0, 8], [1], [1]),
        frames("GT1", "proven", id, cycle, [0, 0, 0, 8], FramePart(hashes(33)), [1]),
        frames("GT1", "proven", id, [1], [0, 0, 0, 8], [], [1]),
    ]

    @Test(arguments: broken) func brokenRepliesAreRefused(message: [[UInt8]]) {
        #expect(codec.readReply(message).code == .malformed)
        #expect(codec.readExchangeReply(message).code == .malformed)
    }

    @Test func brokenRequestsAreRefused() {
        for message in [
            frames("GT1", "want_proven", id, cycle), frames("GT1", "want_proven", id, cycle, [0, 0, 0, 9]),
            frames("GT1", "want_proven", id, cycle, [0, 0, 0, 1], []),
        ] { #expect(codec.readExchangeRequest(message).code == .malformed) }
        for message in [
            frames("GT1", "pull_proven", id, cycle), frames("GT1", "pull_proven", id, cycle, [0, 0, 0, 9]),
        ] { #expect(codec.readRequest(message).code == .malformed) }
        #expect(codec.readRequest(frames("GT1", "pull_proven", [1], cycle, [0, 0, 0, 1])).code == .unknownTorrent)
    }
}
