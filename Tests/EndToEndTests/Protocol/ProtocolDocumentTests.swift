import GossipCore
import GossipWire
import Metainfo
import Testing

/// docs/protocol.md says what the code does: its examples decode, and no word of the protocol is missing.
@Suite struct ProtocolDocumentTests {
    private let document: String
    private let blocks: [FramesBlock]

    init() throws {
        document = try Repository.text("docs/protocol.md")
        blocks = try FramesBlock.all(in: document)
    }

    private static func torrent() throws -> TorrentID {
        var hasher = ChunkHasher(chunkSize: 1, chunkCount: 9)
        let text = try bytes(Repository.path("Samples/GOTORRENT.txt"))
        text.withUnsafeBytes { hasher.update($0) }
        let metafile = try Metafile(
            name: "GOTORRENT.txt", length: 9, chunkSize: 1, tracker: TrackerURI("tcp://127.0.0.1:6969"),
            chunkHashes: hasher.finalize())
        return try #require(TorrentID(metafile.infoHash.bytes))
    }

    private func frames(_ kind: String) -> [[[UInt8]]] { blocks.filter { $0.kind == kind }.map(\.frames) }

    @Test func everyQuotationIsItsBytes() {
        let quotations = blocks.flatMap(\.quotations)
        #expect(quotations.count > 20)
        for quotation in quotations { #expect(Array(quotation.text.utf8) == quotation.bytes) }
    }

    @Test func theTrackerExamplesDecode() throws {
        let torrent = try Self.torrent()
        let peer = try #require(PeerReference("tcp://127.0.0.1:7001"))
        let seed = try #require(PeerReference("tcp://127.0.0.1:7000"))
        let requests = try frames("tracker-request").map { frames in
            try WireFrames.with(frames) { frames throws(WireError) in try TrackerRequest(frames) }
        }
        #expect(requests == [.announce(torrent, peer), .getPeers(torrent)])
        #expect(requests.map(\.frames) == frames("tracker-request"))
        let replies = try frames("tracker-reply").map { frames in
            try WireFrames.with(frames) { frames throws(WireError) in try TrackerReply(frames) }
        }
        #expect(
            replies == [
                .announced(announceIntervalMilliseconds: 10_000, peerTimeoutMilliseconds: 10_000),
                .peers([peer, seed]),
            ])
        #expect(replies.map(\.frames) == frames("tracker-reply"))
    }

    @Test func thePeerExamplesDecode() throws {
        let codec = PeerCodec(torrent: try Self.torrent(), chunkCount: 9)
        var held = ChunkSet(chunkCount: 9)
        held.insert(0)
        held.insert(8)
        let requests = try frames("peer-request").map { frames in
            try WireFrames.with(frames) { frames throws(WireError) in try codec.request(frames) }
        }
        #expect(requests == [.pull(cycle: 12, chunk: 3), .have(cycle: 12, digest: nil)])
        #expect(requests.map(codec.frames) == frames("peer-request"))
        let replies = try frames("peer-reply").map { frames in
            try WireFrames.with(frames) { frames throws(WireError) in try codec.reply(frames) }
        }
        #expect(replies == [.chunk(cycle: 12, chunk: 3), .have(cycle: 12, digest: held)])
        // The chunk's bytes are added by whoever sends it.
        let encoded = [codec.frames(of: replies[0]) + [Array("O".utf8)], codec.frames(of: replies[1])]
        #expect(encoded == frames("peer-reply"))
    }

    @Test func theCodedExampleDecodesAndItsSumIsRight() throws {
        let codec = PeerCodec(torrent: try Self.torrent(), chunkCount: 9, isCoded: true)
        let frames = try #require(frames("coded").first)
        let request = try WireFrames.with(frames) { frames throws(WireError) in try codec.request(frames) }
        guard case .coded(12, let vector) = request else {
            Issue.record("\(request) is no packet of cycle 12")
            return
        }
        #expect(codec.frames(of: request) + [frames[5]] == frames)
        let sum = zip(vector.coefficients, Array("GOTORRENT".utf8)).reduce(0) { sum, term in
            sum ^ GaloisField256.product(term.0, term.1)
        }
        #expect(frames[5] == [sum])
    }

    /// The file that the page describes: a stranger's chunk 1 is right by the frames of the page alone.
    @Test func theProofInTheExampleIsRight() throws {
        let reply = try #require(frames("info-reply").first)
        let info = try TorrentInfo(decoding: reply[4])
        let torrent = try #require(TorrentID(info.infoHash.bytes))
        #expect(TrackerReply.info(torrent, total: 149, data: reply[4]).frames == reply)
        #expect([TrackerRequest.getInfo(torrent, offset: 0).frames] == frames("info-request"))
        #expect(info.name == "two.bin" && info.layout.chunkCount == 2)

        let codec = PeerCodec(torrent: torrent, chunkCount: 2, asksForProofs: true)
        #expect([codec.frames(of: PeerRequest.pull(cycle: 12, chunk: 1))] == frames("pull-proven"))
        let anyone = try #require(PeerReference("tcp://127.0.0.1:7001"))
        #expect([codec.frames(of: ExchangeRequest.want(cycle: 12, [1]), from: anyone)] == frames("want-proven"))

        let proven = try #require(frames("proven").first)
        let read = WireFrames.with(proven) { frames in (try? codec.exchangeReply(frames), codec.proof(frames)) }
        #expect(read.0 == .chunk(cycle: 12, chunk: 1))
        let proof = try #require(read.1.flatMap { ChunkProof(decoding: $0) })
        #expect(codec.frames(ofProven: 1, cycle: 12, proof: proof.encoded) + [Array("O".utf8)] == proven)
        #expect(
            proven[PeerCodec.provenDataFrame].withUnsafeBytes {
                info.proofVerifier.matches($0, chunkID: 1, proof: proof)
            })
    }

    @Test func theBusExamplesDecode() throws {
        let ticks = frames("bus").map { WireFrames.with($0) { BusMessage($0) } }
        let tick = CycleTick(cycle: 12, intervalMilliseconds: 1_000, startedAt: "2026-01-01T12:00:11.500Z")
        #expect(ticks == [.cycle(tick)])
        #expect(ticks.map { $0?.frames } == frames("bus"))

        let begin = try #require(document.firstRange(of: "```json\n"))
        let rest = document[begin.upperBound...]
        let end = try #require(rest.firstRange(of: "```"))
        let topic = "progress.\(try Self.torrent()).peer1"
        #expect(document.contains("`\(topic)`"))
        let message = WireFrames.with([Array(topic.utf8), Array(rest[..<end.lowerBound].utf8)]) { BusMessage($0) }
        guard case .progress(let report) = message else {
            Issue.record("the progress report does not decode")
            return
        }
        var held = ChunkSet(chunkCount: 9)
        for chunk in [0, 3, 8] as [ChunkID] { held.insert(chunk) }
        #expect(report.bitfield == held.bitfield.hex && report.chunksHeld == held.count)
        #expect(report.messages.sent == 20 && report.messages.useful == 3 && report.bytesReceived == 4)
        for field in MessageCounts.fields { #expect(document.contains("\"\(field.name)\": ")) }
    }

    @Test(arguments: WireError.Code.allCases) func everyErrorCodeIsExplainedAndInTheGrammar(code: WireError.Code) {
        #expect(document.contains("\n| `\(code.rawValue)` | "))
        #expect(document.contains("%s\"\(code.rawValue)\""))
    }

    @Test(arguments: MessageCounts.fields.map(\.name)) func everyCounterIsExplained(name: String) {
        #expect(document.contains("\n| `\(name)` | "))
    }

    @Test(arguments: SwarmEvent.Kind.allCases) func everyEventIsNamed(kind: SwarmEvent.Kind) {
        #expect(document.contains("\"\(kind.rawValue)\""))
    }

    @Test func theMetafilesKeysAreExplained() throws {
        var hasher = ChunkHasher(chunkSize: 1, chunkCount: 1)
        Array("G".utf8).withUnsafeBytes { hasher.update($0) }
        let metafile = try Metafile(
            name: "G", length: 1, chunkSize: 1, tracker: TrackerURI("tcp://127.0.0.1:6969"),
            chunkHashes: hasher.finalize())
        guard case .dictionary(let root) = try BencodeDecoder(metafile.encoded).decode(),
            case .dictionary(let info)? = root["info"]
        else {
            Issue.record("a metafile is a dictionary with info")
            return
        }
        for entry in root.entries {
            #expect(document.contains("\n| `\(String(decoding: entry.key, as: UTF8.self))` | "))
        }
        for entry in info.entries {
            #expect(document.contains("\n| `info` / `\(String(decoding: entry.key, as: UTF8.self))` | "))
        }
    }

    /// The frames that the document calls by name are the verbs that the codecs send.
    @Test func everyVerbIsInTheGrammar() throws {
        let torrent = try Self.torrent()
        let peer = try #require(PeerReference("tcp://127.0.0.1:7001"))
        let codec = PeerCodec(torrent: torrent, chunkCount: 9, isCoded: true)
        let proving = PeerCodec(torrent: torrent, chunkCount: 9, asksForProofs: true)
        let digest = ChunkSet(chunkCount: 9)
        let tracker: [[[UInt8]]] = [
            TrackerRequest.announce(torrent, peer).frames, TrackerRequest.getPeers(torrent).frames,
            TrackerRequest.leave(torrent, peer).frames, TrackerReply.left.frames, TrackerReply.peers([peer]).frames,
            TrackerReply.error(code: "malformed", text: "").frames,
            TrackerRequest.getMetafile(torrent, offset: 0).frames,
            TrackerReply.metafile(torrent, total: 0, data: []).frames,
            TrackerRequest.getInfo(torrent, offset: 0).frames, TrackerReply.info(torrent, total: 0, data: []).frames,
            codec.frames(ofProven: 0, cycle: 1, proof: []),
            proving.frames(of: PeerRequest.pull(cycle: 1, chunk: 0)),
            proving.frames(of: ExchangeRequest.want(cycle: 1, []), from: peer),
        ]
        let requests: [PeerRequest] = [
            .push(cycle: 1, chunk: 0), .pull(cycle: 1, chunk: 0), .have(cycle: 1, digest: nil),
            .coded(cycle: 1, CodedVector([1])), .pullCoded(cycle: 1), .shuffle(cycle: 1, entries: []),
        ]
        let replies: [PeerReply] = [
            .chunk(cycle: 1, chunk: 0), PeerReply.none(cycle: 1, chunk: 0), .late(cycle: 1, chunk: 0),
            .have(cycle: 1, digest: digest), .malformed,
        ]
        for message in tracker + requests.map(codec.frames) + replies.map(codec.frames) {
            #expect(document.contains("= signature %s\"\(String(decoding: message[1], as: UTF8.self))\""))
        }
    }
}
