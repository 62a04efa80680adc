import CZeroMQ

/// libzmq's context: the I/O threads, and the space that `inproc` names live in. One a process is usual.
///
/// The end is in three steps, and in this order: every socket is closed on its own thread; `shutdown()` if some
/// thread may still be inside a call; `terminate()`. Out of order, terminating waits for the sockets that are open.
public final class Context: Sendable {
    /// Empty once terminated: libzmq frees it, and a second `zmq_ctx_term` would read freed memory.
    private let handle: Lock<UnsafeMutableRawPointer?>

    /// A context with its threads, which start at the first socket.
    ///
    /// - Parameters:
    ///   - ioThreads: threads that do the network's work; libzmq suggests one a gigabyte a second.
    ///   - maximumSockets: how many sockets may be open at once; libzmq's own default (1023) when nil.
    public init(ioThreads: Int = 1, maximumSockets: Int? = nil) throws(ZeroMQError) {
        guard let context = zmq_ctx_new() else {
            throw ZeroMQError(code: .last, operation: "create context")
        }
        handle = Lock(context)
        try set(ZMQ_IO_THREADS, to: ioThreads, "set I/O threads to \(ioThreads)")
        if let maximumSockets {
            try set(ZMQ_MAX_SOCKETS, to: maximumSockets, "set maximum sockets to \(maximumSockets)")
        }
        // Sockets linger for nothing unless told: without this the ones libzmq makes for itself would, forever.
        try set(ZMQ_BLOCKY, to: 0, "set blocky to 0")
    }

    /// Terminates. A socket keeps its context alive, so that this never waits for one of this wrapper's sockets.
    deinit {
        terminate()
    }

    /// Makes every call on every socket of this context fail with `contextTerminated`, blocked ones included.
    ///
    /// Returns at once, from any thread. Sockets still have to be closed by their owners.
    public func shutdown() {
        handle.withLock { context in
            guard let context else { return }
            while zmq_ctx_shutdown(context) == -1 && ZeroMQError.Code.last == .interrupted {}
        }
    }

    /// Ends the context: shuts it down, waits until its last socket is closed, and ends its threads.
    ///
    /// Once only; further calls return at once. Called on a thread that still has a socket open, it never returns.
    public func terminate() {
        // Taken under the lock, ended outside it: this may wait long, and `shutdown()` must not wait with it.
        let context = handle.withLock { context in
            defer { context = nil }
            return context
        }
        guard let context else { return }
        while zmq_ctx_term(context) == -1 && ZeroMQError.Code.last == .interrupted {}
    }

    /// Opens a socket on the calling thread, for `Socket` to own.
    func openSocket(_ type: SocketType) throws(ZeroMQError) -> UnsafeMutableRawPointer {
        // Under the lock, so that the context cannot be freed in the meantime.
        try handle.withLock { context throws(ZeroMQError) in
            guard let context else {
                throw ZeroMQError(code: .contextTerminated, operation: "open \(type) socket")
            }
            guard let socket = zmq_socket(context, type.rawValue) else {
                throw ZeroMQError(code: .last, operation: "open \(type) socket")
            }
            return socket
        }
    }

    private func set(_ option: Int32, to value: Int, _ operation: String) throws(ZeroMQError) {
        guard let value = Int32(exactly: value) else {
            throw ZeroMQError(code: .invalidArgument, operation: operation)
        }
        try handle.withLock { context throws(ZeroMQError) in
            if zmq_ctx_set(context, option, value) == -1 { throw ZeroMQError(code: .last, operation: operation) }
        }
    }
}
