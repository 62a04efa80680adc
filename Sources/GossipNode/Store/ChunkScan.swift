import GossipCore
import Metainfo
import ZeroMQ

/// Hashes chunks that are on the disk, on all the threads of a pool.
///
/// Any thread may use it: what they share is under a lock, and each has a buffer of its own.
package final class ChunkScan: Sendable {
    /// How far a scan has come: bytes hashed, of how many.
    package typealias Progress = @Sendable (_ done: UInt64, _ total: UInt64) -> Void

    /// Taken at a time, so that small chunks do not cost a lock each; also mapped at a time.
    private static let portionBytes = 4 << 20

    /// Read at a time: what fits the cache of a core.
    private static let pieceBytes = 64 << 10

    private struct State {
        var next: ChunkID = 0
        var valid: ChunkSet
        /// The hashes of chunks of which it is not known what they should be.
        var unknown: [ChunkID: Digest256] = [:]
        var doneBytes: UInt64 = 0
        var failure: NodeError?
        var isCancelled = false
    }

    private let files: TorrentFiles
    private let check: ChunkCheck
    private let candidates: ChunkSet
    private let totalBytes: UInt64
    private let progress: Progress?
    private let state: Lock<State>

    private init(_ candidates: ChunkSet, _ files: TorrentFiles, _ check: ChunkCheck, _ progress: Progress?) {
        self.files = files
        self.check = check
        self.candidates = candidates
        self.progress = progress
        var total: UInt64 = 0
        candidates.forEachMember { total += UInt64(check.layout.size(of: $0)) }
        totalBytes = total
        state = Lock(State(valid: ChunkSet(chunkCount: check.layout.chunkCount)))
    }

    /// The chunks among `candidates` whose bytes are what the metafile describes.
    /// - Throws: `NodeError` where a file cannot be read, and `CancellationError` where the task was cancelled.
    static func validChunks(
        among candidates: ChunkSet, in files: TorrentFiles, _ check: ChunkCheck, workers: WorkerPool,
        progress: Progress? = nil
    ) async throws -> ChunkSet {
        guard !candidates.isEmpty else { return candidates }
        let scan = ChunkScan(candidates, files, check, progress)
        await withTaskCancellationHandler {
            await withTaskGroup { group in
                for _ in 0..<WorkerPool.processorCount {
                    group.addTask { await workers.perform { scan.work() } }
                }
            }
        } onCancel: {
            scan.state.withLock { $0.isCancelled = true }
        }
        try Task.checkCancellation()
        return try scan.state.withLock { state in
            if let failure = state.failure { throw failure }
            for chunk in check.derive(state.unknown) { state.valid.insert(chunk) }
            return state.valid
        }
    }

    private func work() {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.pieceBytes, alignment: 64)
        defer { buffer.deallocate() }
        while let portion = takePortion() {
            var window: (file: Int, view: FileWindow)?
            do throws(NodeError) {
                var valid: [ChunkID] = []
                var byteCount: UInt64 = 0
                for chunk in portion where candidates.contains(chunk) {
                    byteCount += UInt64(check.layout.size(of: chunk))
                    let isValid =
                        if let isValid = try isMapped(chunk, &window) { isValid } else { try isRead(chunk, buffer) }
                    if isValid { valid.append(chunk) }
                }
                note(valid, byteCount)
            } catch {
                state.withLock { $0.failure = $0.failure ?? error }
            }
        }
    }

    /// Hashes a chunk in the system's cache.
    ///
    /// - Parameter window: onto the file of the chunk before this one; it moves on where this chunk is not within it.
    /// - Returns: whether the chunk is what the metafile describes; nil where it has to be read to tell.
    private func isMapped(_ chunk: ChunkID, _ window: inout (file: Int, view: FileWindow)?) throws(NodeError) -> Bool? {
        let place = check.layout.place(of: chunk)
        let range = place.offset..<place.offset + UInt64(place.size)
        if window?.file != place.file || window?.view.range.contains(range.upperBound - 1) != true {
            let end = min(
                check.layout.length(ofFile: place.file),
                max(range.upperBound, place.offset + UInt64(Self.portionBytes)))
            guard let view = FileWindow(try files.file(place.file), from: place.offset, to: end) else { return nil }
            window = (place.file, view)
        }
        let digest = window?.view.read(range) { bytes in
            var hasher = hasher(of: place)
            hasher.update(bytes)
            return hasher.finalize()[0]
        }
        return digest.map { isRight($0, chunk) }
    }

    /// Reads a chunk piece by piece and hashes each while it is in the processor's cache.
    private func isRead(_ chunk: ChunkID, _ buffer: UnsafeMutableRawBufferPointer) throws(NodeError) -> Bool {
        let place = check.layout.place(of: chunk)
        let file = try files.file(place.file)
        var hasher = hasher(of: place)
        var done = 0
        while done < place.size {
            let piece = UnsafeMutableRawBufferPointer(rebasing: buffer.prefix(place.size - done))
            guard try file.read(into: piece, at: place.offset + UInt64(done)) else { return false }
            hasher.update(UnsafeRawBufferPointer(piece))
            done += piece.count
        }
        return isRight(hasher.finalize()[0], chunk)
    }

    /// Whether a chunk is what it should be, as far as that is known; where it is not, its hash is kept for the end.
    private func isRight(_ digest: Digest256, _ chunk: ChunkID) -> Bool {
        if let hash = check.hash(of: chunk) { return digest == hash }
        state.withLock { $0.unknown[chunk] = digest }
        return false
    }

    private func hasher(of place: ChunkPlace) -> ChunkHasher {
        ChunkHasher(
            check.hashing, chunkSize: check.layout.chunkSize,
            fileLength: check.layout.length(ofFile: place.file), chunkCount: 1)
    }

    private func takePortion() -> Range<ChunkID>? {
        let length = ChunkID(clamping: max(1, Self.portionBytes / Int(check.layout.chunkSize)))
        return state.withLock { state in
            guard !state.isCancelled, state.failure == nil else { return nil }
            while state.next < candidates.chunkCount, !candidates.contains(state.next) { state.next += 1 }
            guard state.next < candidates.chunkCount else { return nil }
            let start = state.next
            state.next += min(length, candidates.chunkCount - start)
            return start..<state.next
        }
    }

    private func note(_ valid: [ChunkID], _ byteCount: UInt64) {
        let done = state.withLock { state in
            for chunk in valid { state.valid.insert(chunk) }
            state.doneBytes += byteCount
            return state.doneBytes
        }
        progress?(done, totalBytes)
    }
}
