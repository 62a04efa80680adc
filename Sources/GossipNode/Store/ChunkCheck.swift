import GossipCore
import Metainfo
import ZeroMQ

/// What a store tells right chunks from wrong ones by.
///
/// Any thread may use it.
enum ChunkCheck: Sendable {
    /// The hashes of a whole metafile; how to prove its chunks to others is found out when someone asks.
    case hashes(ChunkVerifier, LazyProver)
    /// Those that came with proofs so far.
    case proofs(HashLedger)

    /// - Parameter folder: where what comes to be known of the hashes is kept, if the metafile lacks them; nil to keep
    ///   nothing.
    init(_ metafile: Metafile, in folder: String?) {
        if metafile.lacksHashes {
            self = .proofs(HashLedger(metafile, in: folder))
        } else {
            self = .hashes(metafile.verifier, LazyProver(metafile.verifier))
        }
    }

    var layout: ChunkLayout {
        switch self {
        case .hashes(let verifier, _): verifier.layout
        case .proofs(let ledger): ledger.metafile.layout
        }
    }

    var hashing: ChunkHashing {
        switch self {
        case .hashes(let verifier, _): verifier.hashing
        case .proofs(let ledger): ledger.metafile.info.hashing
        }
    }

    /// The hash of a chunk that the torrent has; nil where it is not known.
    func hash(of chunk: ChunkID) -> Digest256? {
        switch self {
        case .hashes(let verifier, _): verifier.hashes[chunk]
        case .proofs(let ledger): ledger.hash(of: chunk)
        }
    }

    /// The proof of a chunk; nil where its hash is not known.
    func proof(of chunk: ChunkID) -> ChunkProof? {
        switch self {
        case .hashes(_, let prover): prover.proof(of: chunk)
        case .proofs(let ledger): ledger.proof(of: chunk)
        }
    }

    /// The chunks of a set whose hashes are known.
    func known(among chunks: ChunkSet) -> ChunkSet {
        switch self {
        case .hashes: chunks
        case .proofs(let ledger): ledger.known(among: chunks)
        }
    }

    /// Whether bytes are a chunk, as far as is known without a proof.
    func isValid(_ bytes: UnsafeRawBufferPointer, _ chunk: ChunkID) -> Bool {
        switch self {
        case .hashes(let verifier, _): verifier.matches(bytes, chunkID: chunk)
        case .proofs(let ledger): ledger.isValid(bytes, chunk)
        }
    }

    /// Whether bytes are a chunk, by the proof that came with them where one is needed.
    func isValid(
        _ bytes: UnsafeRawBufferPointer, _ chunk: ChunkID, _ proof: ChunkProof?
    ) throws(NodeError) -> Bool {
        guard case .proofs(let ledger) = self, let proof else { return isValid(bytes, chunk) }
        return try ledger.isProven(bytes, chunk, proof)
    }

    /// Takes the hashes of chunks that are on the disk and were not known, as far as they make up what is known.
    /// - Returns: the chunks that are right.
    func derive(_ digests: [ChunkID: Digest256]) -> [ChunkID] {
        guard case .proofs(let ledger) = self, !digests.isEmpty else { return [] }
        ledger.derive(digests)
        return digests.filter { ledger.hash(of: $0.key) == $0.value }.map(\.key)
    }

    /// From now on what comes to be known is written down.
    func beginWriting() throws(NodeError) {
        if case .proofs(let ledger) = self { try ledger.beginWriting() }
    }

    /// Waits until what was written down is on the disk.
    func synchronize() throws(NodeError) {
        if case .proofs(let ledger) = self { try ledger.synchronize() }
    }

    /// Keeps the whole metafile, where all of it is known now.
    func settle() {
        if case .proofs(let ledger) = self { ledger.settle() }
    }
}
