#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// What there is to know of a file before it is used.
enum FileProbe {
    /// Why a path cannot be read as a file.
    ///
    /// - Returns: A clause such as `does not exist`, or nil where it can be read.
    static func fault(ofReadableFile path: String) -> String? {
        var status = stat()
        guard stat(path, &status) == 0 else {
            return errno == ENOENT || errno == ENOTDIR ? "does not exist" : "cannot be looked at (\(lastError))"
        }
        switch status.st_mode & S_IFMT {
        case S_IFREG: break
        case S_IFDIR: return "is a folder, not a file"
        default: return "is no regular file"
        }
        guard access(path, R_OK) == 0 else { return "cannot be read (\(lastError))" }
        return nil
    }

    /// The size in bytes of a file that is there.
    static func size(_ path: String) -> UInt64 {
        var status = stat()
        guard stat(path, &status) == 0, status.st_size > 0 else { return 0 }
        return UInt64(status.st_size)
    }

    /// The first bytes of a file.
    ///
    /// - Returns: nil where reading fails; `lastError` says why.
    static func read(_ path: String, atMost limit: Int) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8]()
        var buffer = [UInt8](repeating: 0, count: 65536)
        while bytes.count < limit {
            let count = readOnce(descriptor, into: &buffer, atMost: limit - bytes.count)
            if count == 0 { break }
            if count < 0 {
                if errno == EINTR { continue }
                return nil
            }
            bytes += buffer.prefix(count)
        }
        return bytes
    }

    /// The path from the root, for a file that is named beside another.
    ///
    /// - Parameters:
    ///   - path: As written; an absolute one stays as it is.
    ///   - file: The file that names it, relative to the working directory or absolute.
    static func absolute(_ path: String, besideFile file: String) -> String {
        if path.hasPrefix("/") { return path }
        let folder = file.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(file[...$0]) } ?? ""
        let joined = folder + (path.hasPrefix("./") ? String(path.dropFirst(2)) : path)
        return joined.hasPrefix("/") ? joined : workingDirectory + "/" + joined
    }

    /// The text of `errno`.
    static var lastError: String { String(cString: strerror(errno)) }

    private static var workingDirectory: String {
        guard let path = getcwd(nil, 0) else { return "." }
        defer { free(path) }
        let text = String(cString: path)
        return text == "/" ? "" : text
    }

    private static func readOnce(_ descriptor: Int32, into buffer: inout [UInt8], atMost limit: Int) -> Int {
        buffer.withUnsafeMutableBytes { bytes in
            #if canImport(Darwin)
                Darwin.read(descriptor, bytes.baseAddress, min(bytes.count, limit))
            #elseif canImport(Glibc)
                Glibc.read(descriptor, bytes.baseAddress, min(bytes.count, limit))
            #elseif canImport(Musl)
                Musl.read(descriptor, bytes.baseAddress, min(bytes.count, limit))
            #endif
        }
    }
}
