import Metainfo

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension MetafileShelf {
    private static let suffix = ".torrent"

    /// Adds every metafile of a folder: the files whose names end in `.torrent`, hidden ones and folders apart.
    /// - Parameter tracker: the one that gives them out; those that name none, or one of another kind, are served too.
    /// - Throws: `NodeError` where the folder cannot be read or holds more than a shelf takes; `MetafileError` that
    ///   names the file that is no metafile.
    package mutating func addAll(in folder: String, tracker: TrackerURI) throws {
        for name in try Self.names(in: folder) {
            try add(try Metafile.read(folder + "/" + name, tracker: tracker))
        }
    }

    /// In alphabetical order, so that the same folder fails at the same file.
    private static func names(in folder: String) throws(NodeError) -> [String] {
        guard let stream = opendir(folder) else { throw StoredFile.failure("read the folder", folder) }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard name.hasSuffix(suffix), !name.hasPrefix("."), !Folder.exists(folder + "/" + name) else { continue }
            guard names.count < countLimit else {
                throw NodeError(.storage, "\(folder) holds more than \(countLimit) metafiles; serve fewer")
            }
            names.append(name)
        }
        return names.sorted()
    }
}
