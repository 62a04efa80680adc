#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A file that is read; closed when it goes out of scope.
struct InputFile: ~Copyable {
    private let path: String
    private let descriptor: CInt

    /// - Parameter isEntry: whether it was found in a folder: then a link in its place is refused, and nothing is
    ///   waited for where it has become a pipe.
    init(_ path: String, isEntry: Bool = false) throws(MetafileError) {
        self.path = path
        descriptor = open(path, O_RDONLY | O_CLOEXEC | (isEntry ? O_NOFOLLOW | O_NONBLOCK : 0))
        guard descriptor >= 0 else {
            throw Self.systemError(path, "open")
        }
    }

    deinit {
        close(descriptor)
    }

    func attributes() throws(MetafileError) -> FileAttributes {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw Self.systemError(path, "examine")
        }
        return FileAttributes(status)
    }

    /// Reads the next bytes into `buffer`.
    ///
    /// - Returns: how many were read: fewer than fit only where the system had no more at hand, 0 at the end.
    func readPortion(into buffer: UnsafeMutableRawBufferPointer) throws(MetafileError) -> Int {
        try retrying("read") { read(descriptor, buffer.baseAddress, buffer.count) }
    }

    /// Fills `buffer` with the bytes at `offset`; `false` where the file ends before.
    func fill(_ buffer: UnsafeMutableRawBufferPointer, at offset: UInt64) throws(MetafileError) -> Bool {
        var done = 0
        while done < buffer.count {
            let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
            let count = try retrying("read") {
                pread(descriptor, rest.baseAddress, rest.count, off_t(offset) + off_t(done))
            }
            if count == 0 { return false }
            done += count
        }
        return true
    }

    private func retrying(_ verb: String, _ call: () -> Int) throws(MetafileError) -> Int {
        while true {
            let count = call()
            if count >= 0 {
                return count
            }
            guard errno == EINTR else {
                throw Self.systemError(path, verb)
            }
        }
    }

    /// What the system says of a call that failed just now.
    static func systemError(_ path: String, _ verb: String) -> MetafileError {
        MetafileError(.inputOutput, path: path, "cannot \(verb) it: \(String(cString: strerror(errno)))")
    }
}
