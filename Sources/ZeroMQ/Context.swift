import CZeroMQ
import Synchronization

/// libzmq's context: the I/O threads, and the space that `inproc` names live in. One a process is usual.
///
/// The end is in three steps, and in this order: every socket is closed on its own thread; `shutdown()` if some
/// thread may still be inside a call; `terminate()`. Out of order, terminating waits for the sockets that are open.
public final class Context: Sendable {
    /// Empty once terminated: libzmq frees it, and a second `zmq_ctx_term` would read freed memory.
    private let handle: Mutex<UnsafeMutableRawPointer?>

    /// A context with its threads, which start at the first socket.
    ///
    /// - Parameters:
    ///   - ioThreads: threads that do the network's work; libzmq suggests one a gigabyte a second.
    ///   - maximumSockets: how many sockets may be open at once; libzmq's own default (1023) when nil.
    public init(ioThreads: Int = 1, maximumSockets: Int? = nil) throws(ZeroMQError) {
        guard let context = zmq_ctx_new() else {
            throw ZeroMQError(code: .last, operation: "create context")
        }
        handle = Mutex(context)
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
        let context = handle.withLock { context -> SendablePointer? in
            defer { context = nil }
            return context.map { SendablePointer(pointer: $0) }
        }
        guard let context else { return }
        while zmq_ctx_term(context.pointer) == -1 && ZeroMQError.Code.last == .interrupted {}
    }

    /// Opens a socket on the calling thread, for `Socket` to own.
    func openSocket(_ type: SocketType) throws(ZeroMQError) -> UnsafeMutableRawPointer {
        // Under the lock, so that the context cannot be freed in the meantime.
        let opened = handle.withLock { context -> Result<SendablePointer, ZeroMQError> in
            guard let context else {
                return .failure(ZeroMQError(code: .contextTerminated, operation: "open \(type) socket"))
            }
            guard let socket = zmq_socket(context, type.rawValue) else {
                return .failure(ZeroMQError(code: .last, operation: "open \(type) socket"))
            }
            return .success(SendablePointer(pointer: socket))
        }
        return try opened.get().pointer
    }

    private func set(_ option: Int32, to value: Int, _ operation: String) throws(ZeroMQError) {
        guard let value = Int32(exactly: value) else {
            throw ZeroMQError(code: .invalidArgument, operation: operation)
        }
        let code = handle.withLock { context -> ZeroMQError.Code? in
            zmq_ctx_set(context, option, value) == -1 ? .last : nil
        }
        if let code { throw ZeroMQError(code: code, operation: operation) }
    }
}

/// Carries a pointer out of the lock.
///
/// Sendable though the pointer is not: whoever takes one out of the lock is its only owner from then on.
private struct SendablePointer: @unchecked Sendable {
    let pointer: UnsafeMutableRawPointer
}
