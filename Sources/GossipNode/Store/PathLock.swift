#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Keeps a second process from writing to the same file or folder; until the value goes, or the process.
final class PathLock: Sendable {
    private let descriptor: Int32

    /// - Throws: `NodeError` where another process has it.
    init(_ path: String) throws(NodeError) {
        descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw StoredFile.failure("open", path) }
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            if errno == EINTR { continue }
            // Some network file systems have no locks: there two processes are the user's care.
            guard errno == EWOULDBLOCK else { return }
            close(descriptor)
            throw NodeError(.storage, "\(path) is being written by another process; choose another output folder")
        }
    }

    deinit { close(descriptor) }
}
