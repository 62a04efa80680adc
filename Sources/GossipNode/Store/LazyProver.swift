import GossipCore
import Metainfo
import ZeroMQ

/// Proves the chunks of a torrent whose hashes are all known.
///
/// The trees are made when the first proof is asked for: they take 64 bytes a chunk, and most swarms never need them.
///
/// Any thread may use it.
final class LazyProver: Sendable {
    private let verifier: ChunkVerifier
    private let prover = Lock<ChunkProver?>(nil)

    init(_ verifier: ChunkVerifier) {
        self.verifier = verifier
    }

    /// The proof of a chunk; nil where the torrent has no such chunk.
    func proof(of chunk: ChunkID) -> ChunkProof? {
        prover.withLock { prover in
            let ready = prover ?? ChunkProver(verifier)
            prover = ready
            return ready.proof(of: chunk)
        }
    }
}
