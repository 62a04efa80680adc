import GossipCore
import Metainfo
import ZeroMQ

/// What is there of a torrent under its own name: all its files, or those that were fetched of a folder. Each of them
/// is whole and right.
struct FinishedFiles {
    let files: TorrentFiles
    /// The positions of the files that are there.
    let present: Set<Int>
    /// Their chunks.
    let held: ChunkSet

    /// Hashes what is there.
    /// - Throws: `NodeError` that names a file with other contents, or the folder where it holds none of the files;
    ///   `CancellationError`.
    init(
        _ metafile: Metafile, _ check: ChunkCheck, at path: String, workers: WorkerPool, progress: ChunkScan.Progress?
    ) async throws {
        files = TorrentFiles(metafile, root: path, .reading)
        var present: Set<Int> = []
        for index in 0..<files.count where files.isThere(index) {
            guard try files.noteState(index).size == metafile.layout.length(ofFile: index) else {
                throw Self.refusal(files.path(index), "file")
            }
            present.insert(index)
        }
        guard !present.isEmpty else { throw Self.refusal(path, "folder") }
        held = metafile.layout.chunks(ofFiles: present)
        let valid = try await ChunkScan.validChunks(
            among: held, in: files, check, workers: workers, progress: progress)
        let wrong = held.subtracting(valid)
        guard wrong.isEmpty else {
            throw Self.refusal(files.path(metafile.layout.place(of: wrong.member(atRank: 0)).file), "file")
        }
        self.present = present
        files.freeze()
    }

    private static func refusal(_ path: String, _ kind: String) -> NodeError {
        NodeError(
            .contents, "\(path) is there and is another \(kind); move it away, or choose another output folder")
    }
}
