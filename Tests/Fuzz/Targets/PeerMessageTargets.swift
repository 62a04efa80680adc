import GossipCore
import GossipWire

/// The peer link: gossip, shuffles, combinations, proofs and the bulk exchange, as each side reads it.
///
/// The first byte of an input says what kind of node reads: 1 one of a coded swarm, 2 one that shuffles, 4 one that asks
/// for proofs, 8 one of a torrent of 70 chunks, not of 9. The frames follow.
enum PeerMessageTargets {
    /// The torrent of the examples in docs/protocol.md, and what its directory knows.
    private struct Reader {
        static let hash = "5f74bc599712e22c01ed150f60303fecaf0c75e14d64b534cbc2f8e3b6e9eed2"

        let codec: PeerCodec
        let shuffles: Bool

        init?(_ kind: UInt8) {
            guard let torrent = [UInt8](hex: Self.hash).flatMap(TorrentID.init) else { return nil }
            codec = PeerCodec(
                torrent: torrent, chunkCount: kind & 8 == 0 ? 9 : 70, isCoded: kind & 1 != 0,
                asksForProofs: kind & 4 != 0)
            shuffles = kind & 2 != 0
        }
    }

    /// Peers get numbers in the order in which they are named.
    private final class Directory {
        private(set) var references: [PeerReference] = []

        func identify(_ reference: PeerReference) -> PeerID {
            if let known = references.firstIndex(of: reference) { return PeerID(UInt32(known)) }
            references.append(reference)
            return PeerID(UInt32(references.count - 1))
        }

        func reference(_ peer: PeerID) -> PeerReference? { references[Int(peer.rawValue)] }
    }

    static func request(_ input: inout FuzzInput) throws(FuzzFinding) -> Bool {
        guard let reader = Reader(input.byte()) else { return false }
        let (codec, frames) = (reader.codec, input.frames())
        if let (request, opener) = readExchange(frames, codec) {
            try checkNamed(request.namedChunks, codec)
            guard let opener = opener ?? PeerReference("tcp://127.0.0.1:1") else { return false }
            let again = readExchange(codec.frames(of: request, from: opener), codec)
            try require(again?.request == request, "a request of the exchange is read as it was written: \(request)")
            return true
        }
        let directory = Directory()
        guard let (request, reading) = readRequest(frames, reader, directory) else { return false }
        try checkNamed(request.namedChunks, codec)
        let data: [[UInt8]] = needsData(request) ? [frames[PeerCodec.dataFrame]] : []
        let written = codec.frames(of: request, reading: reading, reference: directory.reference) + data
        let again = readRequest(written, reader, directory)
        try require(again?.request == request && again?.reading == reading, "\(request) is read as it was written")
        try require(directory.references.count <= 256, "a shuffle names no more peers than a view may hold")
        return true
    }

    static func reply(_ input: inout FuzzInput) throws(FuzzFinding) -> Bool {
        guard let reader = Reader(input.byte()) else { return false }
        let (codec, frames) = (reader.codec, input.frames())
        if let (proof, size) = WireFrames.with(frames, { frames in codec.proof(frames).map { ($0, frames.count) } }) {
            let isRead = (try? WireFrames.with(frames) { frames in try codec.reply(frames) }) != nil
            try require(!isRead || (proof.count <= 1_024 && size == 7), "a proof that was read is bounded")
        }
        var isExchanged = false
        if let reply = (try? WireFrames.with(frames) { frames in try codec.exchangeReply(frames) }) ?? nil {
            isExchanged = true
            try checkNamed(reply.namedChunks, codec)
            var written = codec.frames(of: reply)
            if case .chunk = reply { written.append([]) }
            let again = (try? WireFrames.with(written) { frames in try codec.exchangeReply(frames) }) ?? nil
            try require(again == reply, "a reply of the exchange is read as it was written: \(reply)")
        }
        let directory = Directory()
        guard let (reply, reading) = readReply(frames, reader, directory) else { return isExchanged }
        try checkNamed(reply.namedChunks, codec)
        var written = codec.frames(of: reply, reading: reading, reference: directory.reference)
        switch reply {
        case .chunk, .coded: written.append([])
        case .none, .late, .have, .shuffle, .malformed: break
        }
        let again = readReply(written, reader, directory)
        try require(again?.reply == reply && again?.reading == reading, "\(reply) is read as it was written")
        return true
    }

    private static func checkNamed(_ chunks: [ChunkID], _ codec: PeerCodec) throws(FuzzFinding) {
        try require(chunks.allSatisfy { $0 < codec.chunkCount }, "what a message names is in the file: \(chunks)")
    }

    private static func needsData(_ request: PeerRequest) -> Bool {
        switch request {
        case .push, .coded: true
        case .pull, .have, .pullCoded, .shuffle: false
        }
    }

    private static func readRequest(
        _ frames: [[UInt8]], _ reader: Reader, _ directory: Directory
    ) -> (request: PeerRequest, reading: CycleReading?)? {
        try? WireFrames.with(frames) { frames in
            let identify: PeerIdentifying? = reader.shuffles ? directory.identify : nil
            // As a node does: the request first, then what stands beside it, whatever came of the request.
            let request = Result { try reader.codec.request(frames, identify: identify) }
            let beside = (reader.codec.reading(frames), reader.codec.wantsProofs(frames))
            return (try request.get(), beside.0)
        }
    }

    private static func readReply(
        _ frames: [[UInt8]], _ reader: Reader, _ directory: Directory
    ) -> (reply: PeerReply, reading: CycleReading?)? {
        try? WireFrames.with(frames) { frames in
            let identify: PeerIdentifying? = reader.shuffles ? directory.identify : nil
            let reply = Result { try reader.codec.reply(frames, identify: identify) }
            let beside = (reader.codec.reading(frames), reader.codec.proof(frames))
            return (try reply.get(), beside.0)
        }
    }

    private static func readExchange(
        _ frames: [[UInt8]], _ codec: PeerCodec
    ) -> (request: ExchangeRequest, opener: PeerReference?)? {
        (try? WireFrames.with(frames) { frames in try codec.exchangeRequest(frames) }) ?? nil
    }
}
