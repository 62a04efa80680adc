#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A file's bytes, a portion at a time.
final class FilePortions {
    private let path: String
    private let descriptor: Int32

    /// - Throws: `LaunchError` with the system's reason.
    init(_ path: String) throws(LaunchError) {
        self.path = path
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw LaunchError("cannot read \(path): \(FileProbe.lastError)") }
    }

    deinit { close(descriptor) }

    /// - Returns: nil at the end.
    func next() throws(LaunchError) -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: AgentFraming.portion)
        while true {
            let capacity = buffer.count
            let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, capacity) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw LaunchError("cannot read \(path): \(FileProbe.lastError)") }
            buffer.removeLast(capacity - count)
            return count == 0 ? nil : buffer
        }
    }
}
