#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A file that is read from start to end; closed when it goes out of scope.
struct InputFile: ~Copyable {
    /// What tells a changed file from an unchanged one.
    struct Attributes: Equatable {
        /// Whether it is a file with a size, not a folder, a pipe or a device.
        let isRegular: Bool
        let length: UInt64
        let modifiedSeconds: Int
        let modifiedNanoseconds: Int
    }

    private let path: String
    private let descriptor: CInt

    init(_ path: String) throws(MetafileError) {
        self.path = path
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw Self.systemError(path, "open")
        }
    }

    deinit {
        close(descriptor)
    }

    func attributes() throws(MetafileError) -> Attributes {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw Self.systemError(path, "examine")
        }
        #if canImport(Darwin)
            let modified = status.st_mtimespec
        #else
            let modified = status.st_mtim
        #endif
        return Attributes(
            isRegular: status.st_mode & S_IFMT == S_IFREG, length: UInt64(max(0, status.st_size)),
            modifiedSeconds: modified.tv_sec, modifiedNanoseconds: modified.tv_nsec)
    }

    /// Reads the next bytes into `buffer`.
    ///
    /// - Returns: how many were read: fewer than fit only where the system had no more at hand, 0 at the end.
    func readPortion(into buffer: UnsafeMutableRawBufferPointer) throws(MetafileError) -> Int {
        while true {
            let count = read(descriptor, buffer.baseAddress, buffer.count)
            if count >= 0 {
                return count
            }
            guard errno == EINTR else {
                throw Self.systemError(path, "read")
            }
        }
    }

    private static func systemError(_ path: String, _ verb: String) -> MetafileError {
        MetafileError(.inputOutput, path: path, "cannot \(verb) it: \(String(cString: strerror(errno)))")
    }
}
