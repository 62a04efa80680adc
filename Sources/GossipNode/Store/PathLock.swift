#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Keeps a second process from writing to the same file or folder; until the value goes, or the process.
final class PathLock: Sendable {
    private static let attemptLimit = 25
    private static let pauseMicroseconds: UInt32 = 20_000

    private let descriptor: Int32

    /// What something is locked for.
    enum Use {
        /// To write to it, which one process does at a time.
        case writing
        /// To add files to a folder that was finished, by one process while none serves it.
        case adding
        /// To serve a folder that lacks files, in any number of processes while none adds some.
        case serving
    }

    /// - Throws: `NodeError` where another process has it.
    init(_ path: String, for use: Use = .writing) throws(NodeError) {
        descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw StoredFile.failure("open", path) }
        var attempts = 0
        while flock(descriptor, (use == .serving ? LOCK_SH : LOCK_EX) | LOCK_NB) != 0 {
            if errno == EINTR { continue }
            // Some network file systems have no locks: there two processes are the user's care.
            guard errno == EWOULDBLOCK else { return }
            // A program that another thread is starting has this process's descriptors until it runs, and one that was
            // just stopped may still be ending.
            attempts += 1
            if attempts < Self.attemptLimit {
                usleep(Self.pauseMicroseconds)
                continue
            }
            // The descriptor is closed with this value, which is whole by now though its making fails.
            throw NodeError(
                .storage,
                use == .adding
                    ? "\(path) lacks files that are wanted, and another process serves it; stop that one first, or "
                        + "choose another output folder"
                    : "\(path) is being written by another process; choose another output folder")
        }
    }

    /// From now on only serves. Where another process has taken it by then, that one has it.
    func share() { _ = flock(descriptor, LOCK_SH | LOCK_NB) }

    deinit { close(descriptor) }
}
