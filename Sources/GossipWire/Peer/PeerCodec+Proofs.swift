import GossipCore

/// Chunks with their proofs, for those who do not know the hashes of a torrent's chunks.
///
/// To the core `pull_proven` is a pull, `want_proven` a wish and `proven` a chunk: what goes with the bytes is the shell's
/// affair, and is read here beside the message.
extension PeerCodec {
    /// Where `proven` carries the proof, and the bytes.
    private static let proofFrame = 5
    package static let provenDataFrame = 6
    /// As many hashes as a tree above 2^32 chunks is high.
    package static let proofLimit = 32 * 32

    /// The frames of a chunk with its proof, but for the bytes.
    package func frames(ofProven chunk: ChunkID, cycle: Cycle, proof: [UInt8]) -> [[UInt8]] {
        header(Word.proven, cycle) + [chunk.frame, proof]
    }

    func proven(_ frames: WireFrames) throws(WireError) -> PeerReply {
        let (cycle, chunk) = try chunkMessage(frames, "proven", count: 7)
        let size = frames[Self.proofFrame].count
        guard size.isMultiple(of: 32), size <= Self.proofLimit else {
            throw WireError(.malformed, "a proof has 32 bytes for each of 0 to 32 hashes, not \(size)")
        }
        return .chunk(cycle: cycle, chunk: chunk)
    }

    /// The proof in a chunk that came; nil where it came without one.
    package func proof(_ frames: WireFrames) -> [UInt8]? {
        frames.frame(1, equals: Word.proven) ? frames.bytes(Self.proofFrame) : nil
    }

    /// Whether a request for chunks asks for their proofs as well; nil of any other request.
    package func wantsProofs(_ frames: WireFrames) -> Bool? {
        if frames.frame(1, equals: Word.wantProven) || frames.frame(1, equals: Word.pullProven) { return true }
        return frames.frame(1, equals: Word.want) || frames.frame(1, equals: Word.pull) ? false : nil
    }
}
