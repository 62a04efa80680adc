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
