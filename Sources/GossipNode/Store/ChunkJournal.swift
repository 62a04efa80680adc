import GossipCore
import Metainfo
import ZeroMQ

/// Keeps a file beside an unfinished download that says which of its chunks are proven, so that after a crash only the
/// others are hashed again.
///
/// It never claims a chunk that is not on the disk: first what was written is synchronised, then the journal is replaced
/// as a whole. What was written since is not lost by a crash of the process, only not proven.
///
/// Any thread may use it.
package final class ChunkJournal: Sendable {
    /// How much may be unproven, and for how long: what a power cut costs.
    package struct Pace: Sendable {
        package var bytes: UInt64
        package var seconds: Double

        package init(bytes: UInt64 = 1 << 30, seconds: Double = 10) {
            self.bytes = bytes
            self.seconds = seconds
        }
    }

    private struct State {
        /// What was verified and written.
        var written: ChunkSet
        var dirtyFiles: Set<Int> = []
        var unprovenBytes: UInt64 = 0
        var provenAt = MonotonicTime.now
        var isSynchronizing = false
    }

    let path: String
    private let infoHash: InfoHash
    private let place: FileIdentity
    private let pace: Pace
    private let state: Lock<State>
    /// One thread at a time proves; whether the journal was removed, after which none does.
    private let removal = Lock(false)

    /// Begins a journal, or goes on with one.
    /// - Parameters:
    ///   - place: the file or folder that the chunks are in.
    ///   - written: what is known to be there, and was verified.
    init(
        _ path: String, _ metafile: Metafile, place: FileIdentity, written: ChunkSet, dirtyFiles: Set<Int>,
        pace: Pace = Pace()
    ) {
        self.path = path
        infoHash = metafile.infoHash
        self.place = place
        self.pace = pace
        state = Lock(State(written: written, dirtyFiles: dirtyFiles))
    }

    /// Reads what a journal proves about a file or folder; nothing where there is none, or it is of something else.
    static func proven(at path: String, _ metafile: Metafile, place: FileIdentity) -> ChunkSet {
        let none = ChunkSet(chunkCount: metafile.layout.chunkCount)
        guard let bytes = WholeFile.read(path, atMost: ChunkSet.bitfieldSize(chunkCount: none.chunkCount) + 256),
            let image = JournalImage(bytes), image.infoHash == metafile.infoHash, image.place == place,
            image.proven.chunkCount == none.chunkCount
        else { return none }
        return image.proven
    }

    /// Notes a chunk that was verified and written.
    /// - Returns: whether it is time to ``prove(_:)``; then nobody else is told so until it was done.
    func noteWritten(_ chunk: ChunkID, file: Int, byteCount: Int) -> Bool {
        state.withLock { state in
            state.written.insert(chunk)
            state.dirtyFiles.insert(file)
            state.unprovenBytes += UInt64(byteCount)
            guard !state.isSynchronizing else { return false }
            state.isSynchronizing =
                state.unprovenBytes >= pace.bytes || MonotonicTime.now - state.provenAt >= .seconds(pace.seconds)
            return state.isSynchronizing
        }
    }

    /// Brings what was written to the disk, and then the word of it.
    /// - Parameter check: what the chunks were verified by, of which they must be told again by what is on the disk.
    func prove(_ files: TorrentFiles, _ check: ChunkCheck? = nil) throws(NodeError) {
        try removal.withLock { isRemoved throws(NodeError) in
            if !isRemoved { try proveAlone(files, check) }
        }
    }

    private func proveAlone(_ files: TorrentFiles, _ check: ChunkCheck?) throws(NodeError) {
        let work = state.withLock { state -> (written: ChunkSet, dirty: Set<Int>) in
            state.isSynchronizing = true
            defer {
                state.dirtyFiles = []
                state.unprovenBytes = 0
            }
            return (state.written, state.dirtyFiles)
        }
        defer {
            state.withLock { state in
                state.isSynchronizing = false
                state.provenAt = .now
            }
        }
        try files.synchronize(work.dirty)
        try check?.synchronize()
        let image = JournalImage(infoHash: infoHash, place: place, proven: work.written)
        // A disk too full for a journal may still hold the download, whose space is reserved: what is not proven is
        // hashed again.
        try? WholeFile.write(image.encoded, to: path, isDurable: true)
    }

    /// The download is whole and on the disk. A thread that is late to prove something must not write the journal anew.
    func remove() {
        removal.withLock { isRemoved in
            isRemoved = true
            StoredFile.remove(path)
        }
    }
}
