#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Says which agent holds a run: the file `agent.pid` in its folder, locked for as long as the agent lives.
struct AgentLock {
    static let name = "agent.pid"
    private let descriptor: Int32

    /// - Throws: `LaunchError` where the file cannot be made.
    init() throws(LaunchError) {
        descriptor = open(Self.name, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw LaunchError("cannot write \(Self.name) in the run's folder: \(String(cString: strerror(errno)))")
        }
    }

    /// Takes the lock, unless another process has it, and writes our process number.
    func take() -> Bool {
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { return false }
        let number = "\(getpid())\n"
        _ = ftruncate(descriptor, 0)
        _ = number.withCString { pwrite(descriptor, $0, number.utf8.count, 0) }
        return true
    }

    /// The process that has the lock.
    var holder: pid_t? {
        var bytes = [UInt8](repeating: 0, count: 32)
        let count = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
        guard count > 0 else { return nil }
        let number = pid_t(String(decoding: bytes.prefix(count).prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self))
        return number.flatMap { $0 > 1 ? $0 : nil }
    }
}
