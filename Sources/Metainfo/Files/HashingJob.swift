import Synchronization

/// What the threads that hash a torrent's files share: which chunks are to be hashed next, and what has been found.
final class HashingJob: Sendable {
    /// Chunks of one file that follow one another.
    struct Portion {
        let file: Int
        let chunks: Range<UInt32>
    }

    private struct State {
        var nextChunk: UInt32 = 0
        var hashes: [UInt8]
        var hashedByteCount: UInt64 = 0
        var failure: MetafileError?
    }

    let layout: ChunkLayout
    private let progress: (@Sendable (UInt64, UInt64) -> Void)?
    private let state: Mutex<State>

    init(_ layout: ChunkLayout, progress: (@Sendable (UInt64, UInt64) -> Void)?) {
        self.layout = layout
        self.progress = progress
        let byteCount = Int(layout.chunkCount) * Digest256.byteCount
        state = Mutex(State(hashes: [UInt8](repeating: 0, count: byteCount)))
    }

    /// The chunks to be hashed next, about as many as make up `byteCount`; `nil` where there are none left, or where
    /// somebody failed.
    func takePortion(byteCount: Int) -> Portion? {
        state.withLock { state in
            guard state.failure == nil, layout.contains(state.nextChunk) else { return nil }
            let file = layout.place(of: state.nextChunk).file
            let rest = state.nextChunk..<layout.chunks(ofFile: file).upperBound
            let chunks = rest.prefix(max(1, byteCount / Int(layout.chunkSize)))
            state.nextChunk = chunks.endIndex
            return Portion(file: file, chunks: chunks.startIndex..<chunks.endIndex)
        }
    }

    /// Takes the hashes of a portion. Progress is told under the lock, so that it never goes back.
    func finish(_ portion: Portion, _ found: ChunkHashes, byteCount: UInt64) {
        state.withLock { state in
            let start = Int(portion.chunks.lowerBound) * Digest256.byteCount
            state.hashes.replaceSubrange(start..<start + found.bytes.count, with: found.bytes)
            state.hashedByteCount += byteCount
            progress?(state.hashedByteCount, layout.length)
        }
    }

    /// Ends the work of all. The first failure is the one that is told.
    func fail(_ error: MetafileError) {
        state.withLock { state in
            state.failure = state.failure ?? error
        }
    }

    /// The hash of every chunk, once all threads have ended.
    func hashes() throws(MetafileError) -> ChunkHashes {
        let (bytes, failure) = state.withLock { ($0.hashes, $0.failure) }
        if let failure { throw failure }
        guard let hashes = ChunkHashes(bytes[...]) else {
            preconditionFailure("there is room for whole hashes")
        }
        return hashes
    }
}
