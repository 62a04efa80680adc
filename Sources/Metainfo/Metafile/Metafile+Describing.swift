#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

extension Metafile {
    /// Hashes the file or folder at `path` on all cores and describes it: as BEP 52 does where the chunk size allows
    /// it, otherwise in our own kind, which is for one file.
    ///
    /// Empty folders are left out. Symlinks, devices, pipes and sockets in a folder are refused; `path` itself may be a
    /// symlink.
    ///
    /// - Parameters:
    ///   - path: its last component is the name in the metafile unless `name` is given.
    ///   - chunkSize: bytes in every chunk but the last of each file.
    ///   - progress: told how many bytes are hashed of how many in all; it is called on any thread, never on two at
    ///     once.
    /// - Throws: `MetafileError` that names the file: it cannot be read, it is no regular file, its name is unsafe, it
    ///   changed meanwhile; or that a limit of the metafile is passed, which is found out before anything is hashed.
    package static func describing(
        _ path: String, name: String? = nil, chunkSize: UInt32, tracker: TrackerURI,
        progress: (@Sendable (UInt64, UInt64) -> Void)? = nil
    ) throws(MetafileError) -> Metafile {
        try describingContent(path, name: name, chunkSize: chunkSize, tracker: tracker, progress: progress).metafile
    }

    /// The same, with what tells later whether the files are still those that were hashed.
    package static func describingContent(
        _ path: String, name: String? = nil, chunkSize: UInt32, tracker: TrackerURI,
        progress: (@Sendable (UInt64, UInt64) -> Void)? = nil
    ) throws(MetafileError) -> DescribedContent {
        do throws(MetafileError) {
            let attributes = try FileAttributes(path, isFollowed: true)
            let name = if let name { name } else { try defaultName(path, attributes.kind) }
            try FileName.check(name)
            switch attributes.kind {
            case .file:
                let source = FolderReader.Source(
                    components: [name], path: path, attributes: attributes, isEntry: false)
                return try describing([source], name, chunkSize, tracker, progress)
            case .folder:
                try checkFolder(chunkSize)
                let sources = try FolderReader.files(in: path, name: name)
                guard !InfoContents.isSingleFile(sources.map(\.components), name) else {
                    throw MetafileError(
                        .unsupported,
                        "it holds nothing but a file of its own name, and would be read back as that file; "
                            + "describe the file, or give the torrent another name")
                }
                return try describing(sources, name, chunkSize, tracker, progress)
            case .link, .other:
                throw MetafileError(.inputOutput, "it is not a regular file; a torrent is made of a file or a folder")
            }
        } catch {
            throw error.path == nil ? error.naming(path) : error
        }
    }

    private static func describing(
        _ sources: [FolderReader.Source], _ name: String, _ chunkSize: UInt32, _ tracker: TrackerURI,
        _ progress: (@Sendable (UInt64, UInt64) -> Void)?
    ) throws(MetafileError) -> DescribedContent {
        let layout = try ChunkLayout(fileLengths: sources.map(\.attributes.length), chunkSize: chunkSize)
        try checkLimits(layout)
        let hashing: ChunkHashing = ChunkHashing.isStandard(chunkSize) ? .merkle : .plain
        let files = sources.map(\.components)
        if hashing == .merkle {
            try checkSize(name, files, layout, tracker)
        }
        let start = DescribedContent.now()
        let hashes = try FileHasher.hashes(of: sources, layout, hashing, progress: progress)
        let metafile =
            switch hashing {
            case .plain:
                try Metafile(
                    name: name, length: layout.length, chunkSize: chunkSize, tracker: tracker, chunkHashes: hashes)
            case .merkle:
                try Metafile(name: name, files: files, layout: layout, tracker: tracker, chunkHashes: hashes)
            }
        return DescribedContent(metafile, sources.map(\.attributes), hashedSince: start)
    }

    private static func defaultName(_ path: String, _ kind: FileAttributes.Kind) throws(MetafileError) -> String {
        let last = path.split(separator: "/").last.map(String.init) ?? path
        guard kind == .folder, [".", "..", "/"].contains(last) else { return last }
        // "create ." means the folder by its name.
        guard let resolved = realpath(path, nil) else {
            throw InputFile.systemError(path, "open")
        }
        defer { free(resolved) }
        return String(cString: resolved).split(separator: "/").last.map(String.init) ?? "/"
    }

    private static func checkFolder(_ chunkSize: UInt32) throws(MetafileError) {
        guard ChunkHashing.isStandard(chunkSize) else {
            throw MetafileError(
                .unsupported,
                "it is a folder, and the chunk size is \(chunkSize) bytes; a folder needs chunks of a power of two "
                    + "from \(MerkleHash.blockSize) to \(maximumChunkSize)")
        }
    }

    /// Refuses files whose metafile could not be read back, by writing it with numbers for hashes.
    private static func checkSize(
        _ name: String, _ files: [[String]], _ layout: ChunkLayout, _ tracker: TrackerURI
    ) throws(MetafileError) {
        let hashes = ChunkHashes((0..<layout.chunkCount).lazy.map(Digest256.init(number:)))
        let encoding = StandardEncoding(
            name: name, files: files, layout: layout, tracker: tracker, chunkHashes: hashes)
        guard encoding.bytes.count <= maximumByteCount else {
            throw MetafileError(
                .tooLarge,
                "its metafile would be \(encoding.bytes.count) bytes; \(maximumByteCount) (64 MiB) are the most: "
                    + "choose larger chunks, or pack small files into an archive")
        }
    }
}
