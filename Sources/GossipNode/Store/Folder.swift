#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Folders on the disk.
enum Folder {
    static func exists(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// Creates a folder and those above it, as far as they are not there.
    static func create(_ path: String) throws(NodeError) {
        guard !path.isEmpty, !exists(path) else { return }
        if let slash = path.dropLast().lastIndex(of: "/"), slash != path.startIndex {
            try create(String(path[..<slash]))
        }
        guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw StoredFile.failure("create the folder", path) }
        guard exists(path) else { throw NodeError(.storage, "cannot create the folder \(path): a file is there") }
    }
}

extension Folder {
    /// Creates the folders of a torrent below one that is there. A symbolic link among them is refused: it could lead
    /// out of the folder that the download was meant for.
    static func create(_ components: some Collection<String>, below root: String) throws(NodeError) {
        var path = root
        for component in CollectionOfOne("") + Array(components) {
            if !component.isEmpty { path += "/" + component }
            guard mkdir(path, 0o755) == 0 || errno == EEXIST else {
                throw StoredFile.failure("create the folder", path)
            }
            var status = stat()
            guard lstat(path, &status) == 0 else { throw StoredFile.failure("create the folder", path) }
            switch status.st_mode & S_IFMT {
            case S_IFDIR: continue
            case S_IFLNK:
                throw NodeError(
                    .storage, "\(path) is a symbolic link; what is downloaded is not written through links")
            default: throw NodeError(.storage, "cannot create the folder \(path): a file is there")
            }
        }
    }

    /// The folder that something is in.
    static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Removes the folders below a path, and itself, as far as nothing is in them.
    static func removeEmpty(_ path: String) {
        guard let entries = opendir(path) else { return }
        while let entry = readdir(entries) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != "..", exists(path + "/" + name) { removeEmpty(path + "/" + name) }
        }
        closedir(entries)
        rmdir(path)
    }

    /// Removes a folder below another and those between them, from the innermost on, as far as nothing is in them.
    static func removeEmpty(_ components: some Collection<String>, below root: String) {
        var components = Array(components)
        while !components.isEmpty, rmdir(root + "/" + components.joined(separator: "/")) == 0 {
            components.removeLast()
        }
    }

    /// Waits until the names of the files in a folder are on the disk.
    static func synchronize(_ path: String) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        // Some file systems cannot; then the names come to the disk in their own time.
        _ = fsync(descriptor)
        close(descriptor)
    }
}

extension StoredFile {
    static func exists(_ path: String) -> Bool {
        access(path, F_OK) == 0
    }

    static func remove(_ path: String) {
        unlink(path)
    }

    static func rename(_ path: String, to newPath: String) throws(NodeError) {
        #if canImport(Glibc)
            let result = Glibc.rename(path, newPath)
        #else
            let result = Darwin.rename(path, newPath)
        #endif
        guard result == 0 else { throw failure("give its name to", newPath) }
    }
}
