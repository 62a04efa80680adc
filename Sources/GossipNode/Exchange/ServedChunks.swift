import GossipCore
import ZeroMQ

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Tells the event loop which receivers' links have taken a chunk in full.
///
/// libzmq releases a frame's bytes on an I/O thread once they are written to the connection; a pipe brings the news to
/// the loop, which is read from there.
final class ServedChunks: Sendable {
    private let served = Lock<[ReceiverID]>([])
    private let readEnd: Int32
    private let writeEnd: Int32

    init() throws(NodeError) {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else {
            throw NodeError(.storage, "cannot make a pipe: \(String(cString: strerror(errno)))")
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

    /// Notes a chunk; on any thread.
    func add(_ receiver: ReceiverID) {
        let isFirst = served.withLock { list in
            list.append(receiver)
            return list.count == 1
        }
        // A full pipe is as good as another byte: the loop is going to read.
        if isFirst { withUnsafeBytes(of: UInt8(1)) { _ = write(writeEnd, $0.baseAddress, 1) } }
    }

    /// Takes out what was noted, in order.
    func removeAll() -> [ReceiverID] {
        var bytes: UInt64 = 0
        while withUnsafeMutableBytes(of: &bytes, { read(readEnd, $0.baseAddress, $0.count) }) > 0 {}
        return served.withLock { list in
            defer { list.removeAll(keepingCapacity: true) }
            return list
        }
    }
}
