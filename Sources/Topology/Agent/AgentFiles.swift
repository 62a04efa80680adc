#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A file that comes from the other side.
final class IncomingFile {
    private let path: String
    private let descriptor: Int32
    private var missing: UInt64

    /// - Parameter mode: 0600 on a host, since it may be a secret.
    /// - Throws: `LaunchError` with the system's reason, as do the others.
    init(path: String, size: UInt64, mode: mode_t) throws(LaunchError) {
        self.path = path
        missing = size
        descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, mode)
        guard descriptor >= 0 else { throw LaunchError("cannot write \(path): \(String(cString: strerror(errno)))") }
    }

    deinit { close(descriptor) }

    /// Writes a part.
    /// - Returns: whether the file is whole.
    func append(_ bytes: [UInt8]) throws(LaunchError) -> Bool {
        guard UInt64(bytes.count) <= missing else { throw LaunchError("more came of \(path) than was announced") }
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress! + done, bytes.count - done) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw LaunchError("cannot write \(path): \(String(cString: strerror(errno)))") }
            done += count
        }
        missing -= UInt64(bytes.count)
        return missing == 0
    }
}

/// Files on their way to the launcher, one after the other.
struct OutgoingFiles {
    private var paths: [String] = []
    private var descriptor: Int32?
    private var missing: UInt64 = 0
    private(set) var isUnderWay = false

    /// - Parameter paths: relative to the working directory.
    mutating func begin(_ paths: [String]) {
        self.paths = paths.reversed()
        isUnderWay = true
    }

    /// Sends as much as there is room for; `done` at the end, `failed` where one cannot be read.
    mutating func pump(into output: inout AgentOutput) {
        while isUnderWay, !output.isFull, !output.isBroken {
            guard let descriptor else {
                guard let path = paths.popLast() else {
                    isUnderWay = false
                    return output.send(.done)
                }
                open(path, &output)
                continue
            }
            var buffer = [UInt8](repeating: 0, count: Int(min(missing, UInt64(AgentFraming.portion))))
            let capacity = buffer.count
            let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, capacity) }
            if count < 0, errno == EINTR { continue }
            // A file that shrank would leave the launcher waiting for what never comes: zeros, whose digest is wrong.
            if count > 0 { buffer.removeLast(capacity - count) }
            missing -= UInt64(buffer.count)
            output.send(.data(buffer))
            if missing == 0 { finishFile() }
        }
    }

    private mutating func open(_ path: String, _ output: inout AgentOutput) {
        var status = stat()
        #if canImport(Glibc)
            let file = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        #else
            let file = Darwin.open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        #endif
        guard file >= 0, fstat(file, &status) == 0 else {
            if file >= 0 { close(file) }
            isUnderWay = false
            return output.send(.failed("cannot read \(path): \(String(cString: strerror(errno)))"))
        }
        missing = UInt64(max(0, status.st_size))
        descriptor = file
        output.send(.file(path: path, size: missing))
        if missing == 0 { finishFile() }
    }

    private mutating func finishFile() {
        if let descriptor { close(descriptor) }
        descriptor = nil
    }
}
