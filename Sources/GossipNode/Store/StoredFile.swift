import ZeroMQ

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// An open file, read and written at given places; closed when the value goes.
///
/// Any thread may use it: the system keeps reads and writes at different places apart.
final class StoredFile: Sendable {
    let path: String
    private let descriptor: Int32
    /// The system lets one thread at a time write to a file, and the others spin until it is their turn.
    ///
    /// It holds a value that nobody needs: a place for nothing has no address of its own, and the thread sanitizer takes
    /// it for the one beside it.
    private let writing = Lock(false)

    enum Mode: Sendable {
        case reading
        /// Created where it is not there. A symbolic link is refused: whoever may write to the folder could lead a
        /// download anywhere with it.
        case writing
    }

    init(path: String, _ mode: Mode) throws(NodeError) {
        self.path = path
        // Without O_NONBLOCK opening a pipe would wait for its other end; files do not care.
        let flags = (mode == .reading ? O_RDONLY : O_RDWR | O_CREAT | O_NOFOLLOW) | O_CLOEXEC | O_NONBLOCK
        descriptor = open(path, flags, 0o644)
        guard descriptor >= 0 else {
            if mode == .writing, errno == ELOOP {
                throw NodeError(.storage, "\(path) is a symbolic link; what is downloaded is not written through links")
            }
            throw Self.failure("open", path)
        }
    }

    deinit { close(descriptor) }

    /// What the system says of the file.
    var status: stat {
        get throws(NodeError) {
            var status = stat()
            guard fstat(descriptor, &status) == 0 else { throw Self.failure("read the size of", path) }
            guard status.st_mode & S_IFMT == S_IFREG else { throw NodeError(.storage, "\(path) is not a file") }
            return status
        }
    }

    /// The file's size and what else tells whether it was changed.
    var state: FileState {
        get throws(NodeError) { FileState(try status) }
    }

    /// The file's size in bytes.
    var size: UInt64 {
        get throws(NodeError) { try state.size }
    }

    /// Gives the file its full size on the disk, so that a disk too small is noticed before anything is fetched.
    func reserve(_ size: UInt64) throws(NodeError) {
        guard ftruncate(descriptor, off_t(size)) == 0 else { throw Self.failure("write", path) }
        #if os(Linux)
            guard size > 0 else { return }
            var code = EINTR
            while code == EINTR { code = posix_fallocate(descriptor, 0, off_t(size)) }
            // File systems that cannot reserve say so; then a full disk is noticed when a chunk is written.
            guard code == 0 || code == EOPNOTSUPP || code == EINVAL else { throw Self.failure("write", path, code) }
        #endif
    }

    /// Empties the file.
    func truncate() throws(NodeError) {
        guard ftruncate(descriptor, 0) == 0 else { throw Self.failure("write", path) }
    }

    /// Fills a buffer from the bytes at `offset`; false where the file ends before.
    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: UInt64) throws(NodeError) -> Bool {
        var done = 0
        while done < buffer.count {
            let count = pread(descriptor, buffer.baseAddress! + done, buffer.count - done, off_t(offset) + off_t(done))
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Self.failure("read", path) }
            if count == 0 { return false }
            done += count
        }
        return true
    }

    /// Maps part of the file for reading; nil where the file is shorter, or the system refuses.
    ///
    /// - Parameter offset: where a page begins.
    func map(from offset: UInt64, byteCount: Int) -> UnsafeRawBufferPointer? {
        guard let size = try? size, size >= offset + UInt64(byteCount) else { return nil }
        var flags = MAP_SHARED
        #if os(Linux)
            // All pages at once: one after the other would be an interruption each.
            flags |= MAP_POPULATE
        #endif
        guard let start = mmap(nil, byteCount, PROT_READ, flags, descriptor, off_t(offset)), start != MAP_FAILED
        else { return nil }
        return UnsafeRawBufferPointer(start: start, count: byteCount)
    }

    func write(_ bytes: UnsafeRawBufferPointer, at offset: UInt64) throws(NodeError) {
        try writing.withLock { _ throws(NodeError) in try writeAlone(bytes, at: offset) }
    }

    private func writeAlone(_ bytes: UnsafeRawBufferPointer, at offset: UInt64) throws(NodeError) {
        var done = 0
        while done < bytes.count {
            let count = pwrite(descriptor, bytes.baseAddress! + done, bytes.count - done, off_t(offset) + off_t(done))
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Self.failure("write", path) }
            done += count
        }
    }

    /// Waits until what was written is on the disk.
    func synchronize() throws(NodeError) {
        guard fsync(descriptor) == 0 else { throw Self.failure("write", path) }
    }

    static func failure(_ deed: String, _ path: String, _ code: Int32 = errno) -> NodeError {
        NodeError(.storage, "cannot \(deed) \(path): \(String(cString: strerror(code)))")
    }
}
