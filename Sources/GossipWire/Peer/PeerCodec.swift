import GossipCore

/// The messages of one torrent's peer links, to frames and back.
///
/// Chunk bytes are not touched: an encoded `push`, `chunk` or `coded` lacks its last frame, which the shell adds from
/// where the bytes lie; a decoded one leaves them in the frame `dataFrame`. Peers in shuffles are numbers to the core and
/// references on the wire: the shell's directory stands between.
package struct PeerCodec: Sendable {
    /// Where `push`, `chunk` and `coded` carry the bytes.
    package static let dataFrame = 5

    package let torrent: TorrentID
    package let chunkCount: UInt32

    /// Whether combinations of chunks are sent in this swarm; in others their verbs are unknown.
    package let isCoded: Bool

    /// Whether this node needs a proof with each chunk, and asks for it.
    package let asksForProofs: Bool

    package init(torrent: TorrentID, chunkCount: UInt32, isCoded: Bool = false, asksForProofs: Bool = false) {
        self.torrent = torrent
        self.isCoded = isCoded
        self.asksForProofs = asksForProofs
        self.chunkCount = chunkCount
    }

    /// The frames of a request; those of a push without the chunk's bytes.
    /// - Parameters:
    ///   - reading: what time it is here, for a shuffle.
    ///   - reference: looks up the peers of a shuffle; those it does not know are left out.
    package func frames(
        of request: PeerRequest, reading: CycleReading?, reference: PeerReferencing
    ) -> [[UInt8]] {
        switch request {
        case .push(let cycle, let chunk): header(Word.push, cycle) + [chunk.frame]
        case .pull(let cycle, let chunk):
            header(asksForProofs ? Word.pullProven : Word.pull, cycle) + [chunk.frame]
        case .have(let cycle, let digest): header(Word.have, cycle) + [digest?.bitfield ?? []]
        case .coded(let cycle, let vector): header(Word.coded, cycle) + [vector.coefficients]
        case .pullCoded(let cycle): header(Word.pullCoded, cycle)
        case .shuffle(let cycle, let entries):
            frames(ofShuffle: cycle, entries, reading: reading, reference: reference)
        }
    }

    /// The frames of a reply; those of a chunk without its bytes. The parameters are those of a request.
    package func frames(
        of reply: PeerReply, reading: CycleReading?, reference: PeerReferencing
    ) -> [[UInt8]] {
        switch reply {
        case .chunk(let cycle, let chunk): header(Word.chunk, cycle) + [chunk.frame]
        case .none(let cycle, let chunk): header(Word.none, cycle) + [chunk.frame]
        case .late(let cycle, let chunk): header(Word.late, cycle) + [chunk.frame]
        case .have(let cycle, let digest): header(Word.have, cycle) + [digest.bitfield]
        case .coded(let cycle, let vector): header(Word.coded, cycle) + [vector.coefficients]
        case .shuffle(let cycle, let entries):
            frames(ofShuffle: cycle, entries, reading: reading, reference: reference)
        case .malformed: WireError(.malformed, "the file has \(chunkCount) chunks, counted from 0").frames
        }
    }

    /// Reads a request; the error is what to answer it with.
    /// - Parameter identify: numbers the peers of a shuffle; nil at a node that does not shuffle.
    package func request(_ frames: WireFrames, identify: PeerIdentifying? = nil) throws(WireError) -> PeerRequest {
        try frames.checkSignature()
        if frames.frame(1, equals: Word.push) {
            let (cycle, chunk) = try chunkMessage(frames, "push", count: 6)
            return .push(cycle: cycle, chunk: chunk)
        } else if frames.frame(1, equals: Word.pull) {
            let (cycle, chunk) = try chunkMessage(frames, "pull", count: 5)
            return .pull(cycle: cycle, chunk: chunk)
        } else if frames.frame(1, equals: Word.pullProven) {
            let (cycle, chunk) = try chunkMessage(frames, "pull_proven", count: 5)
            return .pull(cycle: cycle, chunk: chunk)
        } else if frames.frame(1, equals: Word.have) {
            let cycle = try haveCycle(frames)
            return .have(cycle: cycle, digest: frames[4].isEmpty ? nil : try digest(frames[4]))
        }
        if isCoded {
            if frames.frame(1, equals: Word.coded) {
                let (cycle, vector) = try codedMessage(frames)
                return .coded(cycle: cycle, vector)
            } else if frames.frame(1, equals: Word.pullCoded) {
                try frames.checkCount(4, of: "pull_coded")
                return .pullCoded(cycle: try cycle(frames))
            }
        }
        let known = "this peer knows push, pull, pull_proven, have, exchange, want, want_proven, ready"
        guard let identify else { throw WireError(.unknownVerb, "\(known) and cancel") }
        guard frames.frame(1, equals: Word.shuffle) else {
            throw WireError(.unknownVerb, "\(known), cancel and shuffle")
        }
        let (cycle, entries) = try shuffle(frames, identify: identify)
        return .shuffle(cycle: cycle, entries: entries)
    }

    /// Reads a reply; an `error` reply is thrown as the error that it tells of.
    /// - Parameter identify: numbers the peers of a shuffle; nil at a node that does not shuffle.
    package func reply(_ frames: WireFrames, identify: PeerIdentifying? = nil) throws(WireError) -> PeerReply {
        try frames.checkSignature()
        if frames.frame(1, equals: Word.chunk) {
            let (cycle, chunk) = try chunkMessage(frames, "chunk", count: 6)
            return .chunk(cycle: cycle, chunk: chunk)
        } else if frames.frame(1, equals: Word.proven) {
            return try proven(frames)
        } else if frames.frame(1, equals: Word.none) {
            let (cycle, chunk) = try chunkMessage(frames, "none", count: 5)
            return PeerReply.none(cycle: cycle, chunk: chunk)
        } else if frames.frame(1, equals: Word.late) {
            let (cycle, chunk) = try chunkMessage(frames, "late", count: 5)
            return .late(cycle: cycle, chunk: chunk)
        } else if frames.frame(1, equals: Word.have) {
            let cycle = try haveCycle(frames)
            return .have(cycle: cycle, digest: try digest(frames[4]))
        } else if isCoded, frames.frame(1, equals: Word.coded) {
            let (cycle, vector) = try codedMessage(frames)
            return .coded(cycle: cycle, vector)
        } else if let identify, frames.frame(1, equals: Word.shuffle) {
            let (cycle, entries) = try shuffle(frames, identify: identify)
            return .shuffle(cycle: cycle, entries: entries)
        } else if frames.frame(1, equals: Word.error) {
            try frames.checkCount(4, of: "error")
            let code = WireError.Code(rawValue: String(decoding: frames[2], as: UTF8.self)) ?? .malformed
            throw WireError(code, String(decoding: frames[3].prefix(200), as: UTF8.self))
        }
        throw WireError(.unknownVerb, "a peer answers chunk, none, late, have, shuffle or error")
    }

    func header(_ verb: [UInt8], _ cycle: Cycle) -> [[UInt8]] {
        [Word.signature, verb, torrent.bytes, cycle.frame]
    }

    func chunkMessage(
        _ frames: WireFrames, _ verb: String, count: Int
    ) throws(WireError) -> (cycle: Cycle, chunk: ChunkID) {
        try frames.checkCount(count, of: verb)
        let cycle = try cycle(frames)
        guard let chunk = frames.integer(4, as: UInt32.self) else {
            throw WireError(.malformed, "chunk_id has 4 bytes, not \(frames[4].count)")
        }
        guard chunk < chunkCount else {
            throw WireError(.malformed, "chunk \(chunk) of \(chunkCount), counted from 0")
        }
        return (cycle, chunk)
    }

    private func codedMessage(_ frames: WireFrames) throws(WireError) -> (cycle: Cycle, vector: CodedVector) {
        try frames.checkCount(6, of: "coded")
        let cycle = try cycle(frames)
        guard frames[4].count == Int(chunkCount) else {
            throw WireError(.malformed, "there are \(chunkCount) coefficients here, not \(frames[4].count)")
        }
        let vector = CodedVector(frames.bytes(4))
        guard !vector.isZero else { throw WireError(.malformed, "a combination of no chunks tells nothing") }
        return (cycle, vector)
    }

    private func haveCycle(_ frames: WireFrames) throws(WireError) -> Cycle {
        try frames.checkCount(5, of: "have")
        return try cycle(frames)
    }

    func cycle(_ frames: WireFrames) throws(WireError) -> Cycle {
        guard try frames.torrent(2) == torrent else {
            throw WireError(.unknownTorrent, "this node has another torrent")
        }
        guard let cycle = frames.integer(3, as: UInt64.self) else {
            throw WireError(.malformed, "cycle has 8 bytes, not \(frames[3].count)")
        }
        return cycle
    }

    func digest(_ frame: UnsafeRawBufferPointer) throws(WireError) -> ChunkSet {
        guard let digest = ChunkSet(bitfield: frame, chunkCount: chunkCount) else {
            let size = ChunkSet.bitfieldSize(chunkCount: chunkCount)
            throw WireError(.malformed, "a bitfield has \(size) bytes here and its spare bits are zero")
        }
        return digest
    }
}
