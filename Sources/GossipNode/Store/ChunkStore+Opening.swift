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
        let check = ChunkCheck(metafile, in: nil)
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
            among: unproven, in: files, check, workers: workers, progress: progress)
        valid.forEachMember { held.insert($0) }
        guard held.isComplete else {
            let chunk = held.missing(atRank: 0)
            throw NodeError(
                .contents,
                "\(files.path(metafile.layout.place(of: chunk).file)): chunk \(chunk) of \(held.chunkCount) is not what "
                    + "the metafile describes (\(held.missingCount) such in all); nothing is served")
        }
        files.freeze()
        return ChunkStore(path: files.root, files: files, check: check, held: held, download: nil)
    }

    private static func root(of metafile: Metafile, at path: String) throws(NodeError) -> String {
        guard Folder.exists(path) else { return path }
        let below = path + "/" + metafile.name
        guard metafile.isFolder else { return below }
        return Folder.exists(below) ? below : path
    }
}
