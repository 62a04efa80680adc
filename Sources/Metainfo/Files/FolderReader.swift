#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Finds the files of a folder, in the order of BEP 52: the entries of each folder by the bytes of their names.
struct FolderReader {
    /// A file that belongs to a torrent.
    struct Source {
        /// Below the folder; the name alone where the torrent is one file.
        let components: [String]
        /// On the disk.
        let path: String
        let attributes: FileAttributes
        /// Whether it was found in a folder, where links are not followed.
        let isEntry: Bool
    }

    private var path: FilePath
    private var sources: [Source] = []
    private var componentCount = 0

    /// The files in a folder and those in it. Folders without files are left out: a torrent is made of files.
    ///
    /// - Parameter name: of the torrent, which counts in the length of paths.
    /// - Throws: `MetafileError` that names the entry: it is no file or folder, it cannot be read, or its name could
    ///   not be created everywhere; or there are too many entries.
    static func files(in folder: String, name: String) throws(MetafileError) -> [Source] {
        var reader = FolderReader(path: FilePath(below: name))
        try reader.walk(folder)
        guard !reader.sources.isEmpty else {
            throw MetafileError(.inputOutput, path: folder, "there is no file in it; a torrent is made of files")
        }
        return reader.sources
    }

    private init(path: FilePath) {
        self.path = path
    }

    /// Recurses as deep as a path may have components.
    private mutating func walk(_ folder: String) throws(MetafileError) {
        for name in try Self.names(in: folder) {
            let location = folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
            do {
                try path.enter(name)
            } catch {
                throw error.naming(folder)
            }
            let attributes = try FileAttributes(location, isFollowed: false)
            switch attributes.kind {
            case .folder:
                try walk(location)
            case .file:
                try take(Source(components: path.components, path: location, attributes: attributes, isEntry: true))
            case .link, .other:
                throw MetafileError(
                    .inputOutput, path: location,
                    "it is \(attributes.kind == .link ? "a symlink" : "a device, a pipe or a socket"); "
                        + "a torrent is made of files, so remove it or put a file in its place")
            }
            path.leave()
        }
    }

    private mutating func take(_ source: Source) throws(MetafileError) {
        componentCount += source.components.count
        guard sources.count < FileTreeReader.maximumFileCount,
            componentCount <= FileTreeReader.maximumComponentCount
        else {
            throw MetafileError(
                .tooLarge, path: source.path,
                "\(FileTreeReader.maximumFileCount) files with \(FileTreeReader.maximumComponentCount) names on their "
                    + "paths are the most that a torrent has; pack them into an archive")
        }
        sources.append(source)
    }

    /// The names in a folder, by their bytes.
    private static func names(in folder: String) throws(MetafileError) -> [String] {
        guard let stream = opendir(folder) else {
            throw InputFile.systemError(folder, "open")
        }
        defer { closedir(stream) }
        var names: [String] = []
        while true {
            errno = 0
            guard let entry = readdir(stream) else {
                guard errno == 0 else { throw InputFile.systemError(folder, "read") }
                break
            }
            let bytes = bytes(of: entry)
            guard bytes != [UInt8(ascii: ".")], bytes != [UInt8](repeating: UInt8(ascii: "."), count: 2) else {
                continue
            }
            guard let name = String(validating: bytes, as: UTF8.self) else {
                let shown = PrintableText.of(String(decoding: bytes, as: UTF8.self))
                throw MetafileError(
                    .malformed, path: folder, "the entry \"\(shown)\" has a name that is not UTF-8; rename it")
            }
            names.append(name)
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    private static func bytes(of entry: UnsafeMutablePointer<dirent>) -> [UInt8] {
        guard let offset = MemoryLayout<dirent>.offset(of: \.d_name) else { return [] }
        let start = UnsafeRawPointer(entry).advanced(by: offset).assumingMemoryBound(to: CChar.self)
        return UnsafeRawBufferPointer(start: start, count: strlen(start)).map(\.self)
    }
}
