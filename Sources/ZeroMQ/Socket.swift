import CZeroMQ

/// A ZeroMQ socket, owned by the thread that created it.
///
/// Rule: every call, closing included, is made on the owner's thread; elsewhere it traps. Why: libzmq's sockets are
/// not thread-safe, and even a mutex around them has produced asserts inside libzmq. What breaks otherwise: the
/// process, later, somewhere else.
///
/// Set at creation, because the defaults hurt: LINGER 0 (a context that ends would wait forever for unsent
/// messages), MAXMSGSIZE (a stranger would choose our memory use), and on a router MANDATORY and HANDOVER (it would
/// drop what it cannot route in silence, and keep a dead link's identity from its owner's next one).
///
/// All calls return without waiting, save the ones that take a timeout. Not `Sendable`, on purpose.
public final class Socket {
    /// Room for a chunk of 2 MiB and what surrounds it.
    public static let defaultMaximumFrameSize = 2 << 20 + 64 << 10

    public let type: SocketType

    /// Kept alive by its sockets: its end waits for theirs.
    public let context: Context

    /// Nil once closed; libzmq then answers ENOTSOCK by itself.
    private var handle: UnsafeMutableRawPointer?
    private let owner: ThreadIdentity

    /// The socket's place in an event loop, which must forget the socket before libzmq frees it.
    ///
    /// Weak, since the loop owns it: its handler usually holds the socket, and both would keep each other for ever.
    weak var source: PollSource?

    /// Opens a socket that belongs to the calling thread.
    ///
    /// - Parameters:
    ///   - type: libzmq's.
    ///   - context: ends no sooner than the socket is closed.
    ///   - maximumFrameSize: bytes; a peer that sends a longer frame loses its link and nothing else happens. libzmq
    ///     holds whole multipart messages, so the memory bound is this times the frames a peer dares to send.
    public init(
        _ type: SocketType, in context: Context, maximumFrameSize: Int = Socket.defaultMaximumFrameSize
    ) throws(ZeroMQError) {
        self.type = type
        self.context = context
        owner = .current
        handle = try context.openSocket(type)
        do throws(ZeroMQError) {
            try set(.linger, to: .zero)
            try set(.maximumFrameSize, to: maximumFrameSize)
            if type == .router {
                try set(.routerMandatory, to: true)
                try set(.routerHandover, to: true)
            }
        } catch {
            close()
            throw error
        }
    }

    deinit {
        guard handle != nil else { return }
        precondition(
            owner == .current,
            "a \(type) socket was released on a thread that does not own it; close it on its own thread first")
        close()
    }

    /// Closes the socket: unsent messages are dropped (unless LINGER was raised), links and ports are released soon.
    ///
    /// The ports are released by an I/O thread, a moment later; `unbind` or the end of the context waits for it.
    /// Further calls do nothing; further use of the socket throws `notASocket`.
    public func close() {
        guard let handle = ownHandle else { return }
        source?.loop.remove(self)
        self.handle = nil
        let result = zmq_close(handle)
        precondition(result == 0, "zmq_close takes every open socket")
    }

    public var isClosed: Bool { ownHandle == nil }

    /// What libzmq calls need, after the check that this thread may make them. The loop is told that one is made.
    var pointer: UnsafeMutableRawPointer? {
        let handle = ownHandle
        if let source { source.loop.mark(source) }
        return handle
    }

    private var ownHandle: UnsafeMutableRawPointer? {
        precondition(owner == .current, "a \(type) socket was used on a thread that does not own it")
        return handle
    }
}

/// A socket is its thread's own.
@available(*, unavailable)
extension Socket: Sendable {}
