import ZeroMQ

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What other threads have to tell an event loop, in the order in which they told it.
///
/// A pipe becomes readable when there is something: the loop waits for it like for a socket, and takes all at once.
final class Mailbox<Letter: Sendable>: Sendable {
    private let letters = Lock<[Letter]>([])
    private let readEnd: Int32
    private let writeEnd: Int32

    init() throws(NodeError) {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else {
            throw NodeError(.resources, "cannot make a pipe: \(String(cString: strerror(errno)))")
        }
        (readEnd, writeEnd) = (ends[0], ends[1])
        for end in ends {
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
    }

    deinit {
        close(readEnd)
        close(writeEnd)
    }

    /// What the loop waits for.
    var fileDescriptor: Int32 { readEnd }

    /// Tells the loop something; on any thread.
    func add(_ letter: Letter) {
        let isFirst = letters.withLock { letters in
            letters.append(letter)
            return letters.count == 1
        }
        // A full pipe is as good as another byte: the loop is going to read.
        if isFirst { withUnsafeBytes(of: UInt8(1)) { _ = write(writeEnd, $0.baseAddress, 1) } }
    }

    /// Takes out what was told, in order.
    func removeAll() -> [Letter] {
        var bytes: UInt64 = 0
        while withUnsafeMutableBytes(of: &bytes, { read(readEnd, $0.baseAddress, $0.count) }) > 0 {}
        return letters.withLock { letters in
            defer { letters.removeAll(keepingCapacity: true) }
            return letters
        }
    }
}
