import GossipCore
import Metainfo
import ZeroMQ

/// What is known of the hashes of a torrent whose info dictionary alone was fetched: every chunk that comes with its proof
/// adds some. They are kept in a file as well, so that after a crash the chunks on the disk can still be told from others,
/// and proven to others.
///
/// What the file says is believed only where it leads to the roots in the info dictionary; so it may be half written, of
/// another torrent, or gone.
///
/// Any thread may use it.
final class HashLedger: Sendable {
    private struct State {
        var known: KnownHashes
        /// There while hashes are written down.
        var file: StoredFile?
    }

    /// Without the hashes.
    let metafile: Metafile
    private let verifier: ProofVerifier
    private let folder: String?
    private let state: Lock<State>

    /// Reads what an earlier run left.
    /// - Parameter folder: where the hashes are kept; nil to keep none.
    init(_ metafile: Metafile, in folder: String?) {
        self.metafile = metafile
        self.folder = folder
        verifier = metafile.info.proofVerifier
        var known = KnownHashes(metafile.info)
        if let folder,
            let file = try? StoredFile(path: MetafileCopy.hashesPath(of: metafile.infoHash, in: folder), .reading)
        {
            known.restore { buffer, offset in (try? file.read(into: buffer, at: offset)) == true }
        }
        state = Lock(State(known: known))
    }

    func hash(of chunk: ChunkID) -> Digest256? { state.withLock { $0.known.hash(of: chunk) } }

    func proof(of chunk: ChunkID) -> ChunkProof? { state.withLock { $0.known.proof(of: chunk) } }

    /// The chunks of a set whose hashes are known.
    func known(among chunks: ChunkSet) -> ChunkSet {
        state.withLock { state in
            var known = ChunkSet(chunkCount: chunks.chunkCount)
            chunks.forEachMember { if state.known.hash(of: $0) != nil { known.insert($0) } }
            return known
        }
    }

    /// Whether bytes are a chunk of which the hash is known.
    func isValid(_ bytes: UnsafeRawBufferPointer, _ chunk: ChunkID) -> Bool {
        guard let hash = hash(of: chunk) else { return false }
        return metafile.info.digest(of: bytes, chunkID: chunk) == hash
    }

    /// Whether bytes are a chunk according to the proof that came with them; where they are, its hashes are kept.
    func isProven(
        _ bytes: UnsafeRawBufferPointer, _ chunk: ChunkID, _ proof: ChunkProof
    ) throws(NodeError) -> Bool {
        // A proof of another length is not worth hashing a chunk for.
        guard verifier.layout.contains(chunk), proof.uncles.count == verifier.proofCount(of: chunk),
            let digest = metafile.info.digest(of: bytes, chunkID: chunk)
        else { return false }
        return try state.withLock { state throws(NodeError) in
            guard let added = state.known.take(digest, chunk, proof) else { return false }
            guard let file = state.file else { return true }
            for part in added { try Self.write(part, to: file) }
            return true
        }
    }

    private static func write(_ part: KnownHashes.Part, to file: StoredFile) throws(NodeError) {
        var outcome: Result<Void, NodeError> = .success(())
        part.bytes.withUnsafeBytes { bytes in
            outcome = Result { () throws(NodeError) in try file.write(bytes, at: part.offset) }
        }
        try outcome.get()
    }

    /// Takes the hashes of chunks that are on the disk, as far as they make up what is known.
    func derive(_ digests: [ChunkID: Digest256]) { state.withLock { $0.known.derive(digests) } }

    // MARK: Keeping

    /// From now on what comes to be known is written down, after what is known already. The place is reserved first, so
    /// that a disk too small is noticed before anything is fetched.
    func beginWriting() throws(NodeError) {
        guard let folder else { return }
        try state.withLock { state throws(NodeError) in
            guard state.file == nil else { return }
            let file = try StoredFile(
                path: MetafileCopy.hashesPath(of: metafile.infoHash, in: folder), .writing)
            if try file.size != state.known.byteCount { try file.reserve(state.known.byteCount) }
            try state.known.forEachPart { bytes, offset throws(NodeError) in try file.write(bytes, at: offset) }
            state.file = file
        }
    }

    /// Waits until what was written down is on the disk.
    func synchronize() throws(NodeError) { try state.withLock { $0.file }?.synchronize() }

    /// Where every hash is known now, keeps the whole metafile in place of the info dictionary and the hashes.
    func settle() {
        guard let folder, let hashes = state.withLock({ $0.known.chunkHashes }) else { return }
        // A metafile that cannot be kept, on a full disk, costs the next run the hashing that finds the same again.
        guard let whole = try? metafile.completed(with: hashes), (try? MetafileCopy.write(whole, in: folder)) != nil
        else { return }
        state.withLock { $0.file = nil }
    }
}
