import Dispatch

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Hashes the chunks of files on all cores, one large file as well as many small ones.
///
/// Each thread has one portion of one file in memory, and one file open.
struct FileHasher {
    /// What a thread reads at a time, in bytes: whole blocks.
    private static let bufferSize = 1 << 20

    private let sources: [FolderReader.Source]
    private let hashing: ChunkHashing
    private let job: HashingJob

    /// The hash of every chunk.
    ///
    /// - Parameters:
    ///   - sources: the files of the layout, as they were before.
    ///   - progress: told how many bytes are hashed of how many in all; it is called on any thread, never on two at
    ///     once, and holds up the hashing.
    /// - Throws: `MetafileError` that names the file: it cannot be read, or it is not as it was before.
    static func hashes(
        of sources: [FolderReader.Source], _ layout: ChunkLayout, _ hashing: ChunkHashing,
        progress: (@Sendable (UInt64, UInt64) -> Void)?
    ) throws(MetafileError) -> ChunkHashes {
        let hasher = FileHasher(sources: sources, hashing: hashing, job: HashingJob(layout, progress: progress))
        DispatchQueue.concurrentPerform(iterations: max(1, sysconf(CInt(_SC_NPROCESSORS_ONLN)))) { _ in
            do throws(MetafileError) {
                try hasher.work()
            } catch {
                hasher.job.fail(error)
            }
        }
        let hashes = try hasher.job.hashes()
        for source in sources where source.attributes.length == 0 {
            try checkEmpty(source)
        }
        return hashes
    }

    /// What one thread does.
    private func work() throws(MetafileError) {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.bufferSize, alignment: 64)
        defer { buffer.deallocate() }
        var open: OpenSource?
        while let portion = job.takePortion(byteCount: Self.bufferSize) {
            if open?.file != portion.file {
                try open?.checkUnchanged()
                open = try OpenSource(portion.file, sources[portion.file])
            }
            guard let open else { return }
            try hash(portion, of: open, with: buffer)
        }
        try open?.checkUnchanged()
    }

    private func hash(
        _ portion: HashingJob.Portion, of source: OpenSource, with buffer: UnsafeMutableRawBufferPointer
    ) throws(MetafileError) {
        let layout = job.layout
        var hasher = ChunkHasher(
            hashing, chunkSize: layout.chunkSize, fileLength: layout.length(ofFile: portion.file),
            chunkCount: portion.chunks.count)
        let last = layout.place(of: portion.chunks.upperBound - 1)
        let start = layout.place(of: portion.chunks.lowerBound).offset
        let end = last.offset + UInt64(last.size)
        var offset = start
        while offset < end {
            let part = UnsafeMutableRawBufferPointer(
                rebasing: buffer.prefix(Int(min(UInt64(buffer.count), end - offset))))
            try source.fill(part, at: offset)
            hasher.update(UnsafeRawBufferPointer(part))
            offset += UInt64(part.count)
        }
        job.finish(portion, hasher.finalize(), byteCount: end - start)
    }

    /// An empty file has no chunk, so nobody else opens it.
    private static func checkEmpty(_ source: FolderReader.Source) throws(MetafileError) {
        let open = try OpenSource(0, source)
        try open.checkAtEnd()
        try open.checkUnchanged()
    }
}
