import GossipCore
import Metainfo
import ZeroMQ

extension ChunkStore {
    /// Opens the complete copy that a seed serves, and hashes what is not known to be what the metafile describes.
    /// - Parameters:
    ///   - path: the file or folder, or the folder that holds it under the torrent's name.
    ///   - described: what was hashed for the metafile; files that are still what they were then count as proven. Nil to
    ///     hash everything.
    /// - Throws: `NodeError` that names the first chunk that is not what the metafile describes.
    static func complete(
        _ metafile: Metafile, at path: String, workers: WorkerPool, described: DescribedContent? = nil,
        progress: ChunkScan.Progress? = nil
    ) async throws -> ChunkStore {
        let files = TorrentFiles(metafile, root: try root(of: metafile, at: path), .reading)
        // Of another torrent it says nothing here.
        let described = described?.metafile.infoHash == metafile.infoHash ? described : nil
        let all = ChunkSet.full(chunkCount: metafile.layout.chunkCount)
        var (held, unproven) = (ChunkSet(chunkCount: all.chunkCount), all)
        for index in 0..<files.count {
            let (size, isProven) = try files.noteState(index, described: described)
            let expected = metafile.layout.length(ofFile: index)
            guard size == expected else {
                throw NodeError(
                    .contents,
                    "\(files.path(index)) has \(size) bytes; the metafile describes a file of \(expected)")
            }
            guard isProven else { continue }
            for chunk in metafile.layout.chunks(ofFile: index) {
                held.insert(chunk)
                unproven.remove(chunk)
            }
        }
        let valid = try await ChunkScan.validChunks(
            among: unproven, in: files, metafile.verifier, workers: workers, progress: progress)
        valid.forEachMember { held.insert($0) }
        guard held.isComplete else {
            let chunk = held.missing(atRank: 0)
            throw NodeError(
                .contents,
                "\(files.path(metafile.layout.place(of: chunk).file)): chunk \(chunk) of \(held.chunkCount) is not what "
                    + "the metafile describes (\(held.missingCount) such in all); nothing is served")
        }
        files.freeze()
        return ChunkStore(path: files.root, files: files, verifier: metafile.verifier, held: held, download: nil)
    }

    private static func root(of metafile: Metafile, at path: String) throws(NodeError) -> String {
        guard Folder.exists(path) else { return path }
        let below = path + "/" + metafile.name
        guard metafile.isFolder else { return below }
        return Folder.exists(below) ? below : path
    }

    /// Opens or creates a peer's copy in a folder, which is created where it is not there.
    /// - Parameters:
    ///   - pace: how often the journal is written.
    ///   - progress: told how far the chunks are hashed that are there and not proven.
    package static func resuming(
        _ metafile: Metafile, in folder: String, workers: WorkerPool, pace: ChunkJournal.Pace = .init(),
        progress: ChunkScan.Progress? = nil
    ) async throws -> ChunkStore {
        try Folder.create(folder)
        let paths = DownloadPaths(metafile, in: folder)
        if try paths.isFinished() {
            do {
                return try await complete(metafile, at: paths.whole, workers: workers, progress: progress)
            } catch let error as NodeError where error.code == .contents {
                throw NodeError(
                    .contents,
                    "\(paths.whole) is there and is another \(metafile.isFolder ? "folder" : "file"); move it away, or "
                        + "choose another output folder")
            }
        }
        let files = TorrentFiles(metafile, root: paths.temporary, .writing)
        let made = try reserve(files, metafile, paths)
        let lock = try PathLock(paths.temporary)
        guard let place = FileIdentity(path: paths.temporary) else { throw StoredFile.failure("open", paths.temporary) }
        var found = ChunkJournal.proven(at: paths.journal, metafile, place: place)
        var unproven = ChunkSet.full(chunkCount: metafile.layout.chunkCount)
        for index in made {
            for chunk in metafile.layout.chunks(ofFile: index) {
                found.remove(chunk)
                unproven.remove(chunk)
            }
        }
        found.forEachMember { unproven.remove($0) }
        let valid = try await ChunkScan.validChunks(
            among: unproven, in: files, metafile.verifier, workers: workers, progress: progress)
        valid.forEachMember { found.insert($0) }
        let journal = ChunkJournal(
            paths.journal, metafile, place: place, written: found, dirtyFiles: Set(0..<files.count), pace: pace)
        let store = ChunkStore(
            path: paths.whole, files: files, verifier: metafile.verifier, held: found,
            download: Download(temporaryPath: paths.temporary, journal: journal, newFiles: made, lock: lock))
        try journal.prove(files)
        if found.isComplete, try store.finish() { try store.settle() }
        return store
    }

    /// Makes every file and gives it its full size, so that a disk too small is noticed before anything is fetched.
    /// - Returns: the files that were not there.
    private static func reserve(
        _ files: TorrentFiles, _ metafile: Metafile, _ paths: DownloadPaths
    ) throws(NodeError) -> Set<Int> {
        let isNew = !StoredFile.exists(paths.temporary)
        var made: Set<Int> = []
        do throws(NodeError) {
            for index in 0..<files.count {
                if !StoredFile.exists(files.path(index)) { made.insert(index) }
                let file = try files.file(index)
                if try file.size != metafile.layout.length(ofFile: index) || made.contains(index) {
                    try file.reserve(metafile.layout.length(ofFile: index))
                }
            }
        } catch {
            // Nothing verified is in what is new, and it would keep the disk full.
            for index in made { StoredFile.remove(files.path(index)) }
            if isNew, metafile.isFolder { Folder.removeEmpty(paths.temporary) }
            throw error
        }
        return made
    }
}
