import GossipCore
import Metainfo

extension ChunkStore {
    /// Opens or creates a peer's copy in a folder, which is created where it is not there.
    ///
    /// Files that are not wanted are not made. Those that are there and whole are kept and served; what is there of
    /// others is kept until the wanted ones are whole.
    /// - Parameters:
    ///   - wanted: the positions of the files that are wanted; nil for all.
    ///   - pace: how often the journal is written.
    ///   - progress: told how far the chunks are hashed that are there and not proven.
    package static func resuming(
        _ metafile: Metafile, in folder: String, wanted: Set<Int>? = nil, workers: WorkerPool,
        pace: ChunkJournal.Pace = .init(), progress: ChunkScan.Progress? = nil
    ) async throws -> ChunkStore {
        try Folder.create(folder)
        let paths = DownloadPaths(metafile, in: folder)
        let wanted = wanted ?? Set(metafile.files.indices)
        let check = ChunkCheck(metafile, in: folder)
        guard try paths.isFinished() else {
            return try await resuming(
                PartialFiles(metafile, paths, wanted: wanted), metafile, check, paths, workers: workers, pace: pace,
                progress: progress)
        }
        let finished = try await FinishedFiles(
            metafile, check, at: paths.whole, workers: workers, progress: progress)
        guard wanted.isSubset(of: finished.present) else {
            let partial = try PartialFiles(reopening: finished, metafile, paths, wanted: wanted)
            return try await resuming(partial, metafile, check, paths, workers: workers, pace: pace, progress: progress)
        }
        check.settle()
        let lacksFiles = finished.present.count < metafile.files.count
        return ChunkStore(
            path: paths.whole, files: finished.files, check: check, held: finished.held, download: nil,
            lock: lacksFiles ? try PathLock(paths.whole, for: .serving) : nil)
    }

    private static func resuming(
        _ partial: PartialFiles, _ metafile: Metafile, _ check: ChunkCheck, _ paths: DownloadPaths,
        workers: WorkerPool, pace: ChunkJournal.Pace, progress: ChunkScan.Progress?
    ) async throws -> ChunkStore {
        let files = partial.files
        guard let place = FileIdentity(path: paths.temporary) else { throw StoredFile.failure("open", paths.temporary) }
        // Those who write have a lock by now.
        try check.beginWriting()
        let old = metafile.layout.chunks(ofFiles: partial.present.subtracting(partial.made))
        var found = ChunkJournal.proven(at: paths.journal, metafile, place: place).intersection(old)
        if let verified = partial.verified { found.formUnion(verified) }
        // A chunk whose hash was lost may be right; nobody can tell, but by hashing all of its file.
        found = check.known(among: found)
        let valid = try await ChunkScan.validChunks(
            among: old.subtracting(found), in: files, check, workers: workers, progress: progress)
        found.formUnion(valid)
        let leftovers = try partial.leftovers(metafile.layout, found: found)
        let kept = partial.present.subtracting(leftovers)
        if !leftovers.isEmpty { found = found.intersection(metafile.layout.chunks(ofFiles: kept)) }
        let journal = ChunkJournal(
            paths.journal, metafile, place: place, written: found, dirtyFiles: kept, pace: pace)
        let store = ChunkStore(
            path: paths.whole, files: files, check: check, held: found,
            download: Download(
                temporaryPath: paths.temporary, journal: journal, newFiles: partial.made, leftovers: leftovers),
            lock: partial.lock)
        try journal.prove(files, check)
        if metafile.layout.chunks(ofFiles: partial.wanted).isSubset(of: found), try store.finish() {
            try store.settle()
        }
        return store
    }
}
