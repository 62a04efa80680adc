import GossipCore
import Metainfo

/// Hashes what is on the disk against a metafile, on all the threads of a pool, and changes nothing.
package struct ChunkAudit: Sendable {
    private let metafile: Metafile
    private let workers: WorkerPool

    package init(_ metafile: Metafile, workers: WorkerPool) {
        self.metafile = metafile
        self.workers = workers
    }

    /// Looks at the file or folder under its own name, or at the download that is not finished where there is none.
    /// - Parameters:
    ///   - wanted: the positions of the files that are looked at; nil for all.
    ///   - progress: told on other threads how many bytes are hashed, of how many.
    /// - Throws: `NodeError` where what is there cannot be read; `CancellationError`.
    package func run(
        in folder: String, wanted: Set<Int>? = nil, progress: ChunkScan.Progress? = nil
    ) async throws -> AuditFindings {
        let paths = DownloadPaths(metafile, in: folder)
        let isFinished = StoredFile.exists(paths.whole)
        let root = isFinished ? paths.whole : paths.temporary
        let files = TorrentFiles(metafile, root: root, .reading)
        var findings = AuditFindings(metafile, wanted: wanted, path: root, isFinished: isFinished)
        var candidates = ChunkSet(chunkCount: metafile.layout.chunkCount)
        for index in findings.wanted {
            findings.sizes[index] = try size(of: index, files)
            guard let size = findings.sizes[index] else { continue }
            for chunk in metafile.layout.chunks(ofFile: index) where metafile.layout.place(of: chunk).offset < size {
                candidates.insert(chunk)
            }
        }
        findings.valid = try await ChunkScan.validChunks(
            among: candidates, in: files, ChunkCheck(metafile, in: folder), workers: workers, progress: progress)
        var invalid: [ChunkID] = []
        candidates.subtracting(findings.valid).forEachMember { invalid.append($0) }
        for chunk in invalid {
            try Task.checkCancellation()
            if try isFinished || !isBlank(chunk, files) { findings.damaged.insert(chunk) }
        }
        return findings
    }

    /// Nil where there is no such file.
    private func size(of index: Int, _ files: TorrentFiles) throws(NodeError) -> UInt64? {
        let path = files.path(index)
        guard StoredFile.exists(path), !Folder.exists(path) else { return nil }
        return try files.file(index).size
    }

    /// An unfinished download has its full size from the start, and zeros where nothing came yet.
    private func isBlank(_ chunk: ChunkID, _ files: TorrentFiles) throws(NodeError) -> Bool {
        let place = metafile.layout.place(of: chunk)
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: place.size, alignment: 64)
        defer { buffer.deallocate() }
        return try files.file(place.file).read(into: buffer, at: place.offset) && buffer.allSatisfy { $0 == 0 }
    }
}
