#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A node's log on this machine, while the node is elsewhere.
final class LogFile {
    private let descriptor: Int32

    /// - Throws: `LaunchError` with the system's reason.
    init(_ path: String) throws(LaunchError) {
        descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw LaunchError("cannot write the log \(path): \(FileProbe.lastError)") }
    }

    deinit { close(descriptor) }

    /// A log that cannot be written is no reason to end a run.
    func append(_ text: String) {
        let bytes = Array(text.utf8)
        _ = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    }
}
