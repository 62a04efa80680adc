import CZeroMQ

/// One frame, over `zmq_msg_t`: made to be sent, or taken out of a received multipart.
///
/// Small frames live inside the value itself, so their bytes are reached through a closure only: a saved pointer
/// would die with the next move.
public struct Message: ~Copyable {
    /// Moved bit by bit when the value moves, as libzmq moves its own: nothing in it points back at itself.
    var raw = zmq_msg_t()

    /// An empty frame.
    public init() {
        zmq_msg_init(&raw)
    }

    /// A frame of `count` bytes, written by `body` before anyone can read it.
    public init(count: Int, initializingWith body: (UnsafeMutableRawBufferPointer) -> Void) {
        precondition(count >= 0, "a frame has no negative size")
        let result = zmq_msg_init_size(&raw, count)
        precondition(result == 0, "out of memory for a frame of \(count) bytes")
        body(UnsafeMutableRawBufferPointer(start: zmq_msg_data(&raw), count: count))
    }

    /// A frame with a copy of `bytes`.
    public init(copying bytes: UnsafeRawBufferPointer) {
        self.init(count: bytes.count) { $0.copyMemory(from: bytes) }
    }

    /// A frame with a copy of `bytes`.
    public init(copying bytes: [UInt8]) {
        self.init(count: bytes.count) { $0.copyBytes(from: bytes) }
    }

    /// A frame whose bytes stay where they are, for large frames only: 32 KiB and up; below, a copy is cheaper.
    ///
    /// - Parameters:
    ///   - owner: kept alive until libzmq has done with the bytes. It is released on an I/O thread, so that its
    ///     `deinit` must be quick and must not touch sockets; hence `Sendable`.
    ///   - buffer: bytes that stay valid and unchanged as long as `owner` lives.
    public init(borrowing owner: any AnyObject & Sendable, buffer: UnsafeRawBufferPointer) {
        let hint = Unmanaged<AnyObject>.passRetained(owner).toOpaque()
        // Never written to: libzmq sends from it, and a receiver in this process gets its bytes read only as well.
        let start = UnsafeMutableRawPointer(mutating: buffer.baseAddress)
        let release: @convention(c) (UnsafeMutableRawPointer?, UnsafeMutableRawPointer?) -> Void = { _, hint in
            guard let hint else { return }
            Unmanaged<AnyObject>.fromOpaque(hint).release()
        }
        let result = zmq_msg_init_data(&raw, start, buffer.count, release, hint)
        precondition(result == 0, "out of memory for the header of a frame")
    }

    /// Takes over what `frame` holds, and leaves an empty frame there.
    init(moving frame: UnsafeMutablePointer<zmq_msg_t>) {
        zmq_msg_init(&raw)
        zmq_msg_move(&raw, frame)
    }

    deinit {
        // A copy of the header, since a deinit cannot pass its own storage; closing works on what it points at.
        var raw = raw
        zmq_msg_close(&raw)
    }

    /// Bytes in the frame.
    public var count: Int {
        withUnsafePointer(to: raw) { zmq_msg_size($0) }
    }

    /// Whether more frames of the same multipart followed, for a frame that was received.
    public var hasMore: Bool {
        withUnsafePointer(to: raw) { zmq_msg_more($0) != 0 }
    }

    /// Calls `body` with the bytes, which are valid until it returns.
    public borrowing func withUnsafeBytes<Result: ~Copyable, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try withUnsafePointer(to: raw) { pointer throws(Failure) in
            // zmq_msg_data wants a mutable pointer only because C's const would spread.
            let start = zmq_msg_data(UnsafeMutablePointer(mutating: pointer))
            return try body(UnsafeRawBufferPointer(start: start, count: zmq_msg_size(pointer)))
        }
    }
}

/// Sendable though it holds C pointers: the value has one owner, libzmq's reference counts are atomic, and a frame,
/// unlike a socket, belongs to no thread. Reading from two threads at once is reading only.
extension Message: @unchecked Sendable {}
