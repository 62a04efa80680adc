import CZeroMQ

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

extension ZeroMQError {
    /// An error number, of the system or of libzmq's own range; open, since libzmq may return any of them.
    public struct Code: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
        public var rawValue: Int32

        public init(rawValue: Int32) {
            self.rawValue = rawValue
        }

        /// The number the last libzmq call on this thread left behind.
        static var last: Code { Code(rawValue: zmq_errno()) }

        /// libzmq's words for the number.
        public var description: String { String(cString: zmq_strerror(rawValue)) }

        /// Nothing to receive, or no room to send (`EAGAIN`).
        public static var again: Code { Code(rawValue: EAGAIN) }
        /// Another socket is bound there (`EADDRINUSE`).
        public static var addressInUse: Code { Code(rawValue: EADDRINUSE) }
        /// The address is not one of this machine (`EADDRNOTAVAIL`).
        public static var addressNotAvailable: Code { Code(rawValue: EADDRNOTAVAIL) }
        /// The context was shut down (`ETERM`): close the socket, nothing else will work.
        public static var contextTerminated: Code { Code(rawValue: ETERM) }
        /// No route to that peer (`EHOSTUNREACH`).
        public static var hostUnreachable: Code { Code(rawValue: EHOSTUNREACH) }
        /// Not connected there (`ENOTCONN`).
        public static var notConnected: Code { Code(rawValue: ENOTCONN) }
        /// No such endpoint of this socket (`ENOENT`).
        public static var noSuchEndpoint: Code { Code(rawValue: ENOENT) }
        /// No such interface (`ENODEV`).
        public static var noSuchDevice: Code { Code(rawValue: ENODEV) }
        /// A signal came first (`EINTR`); the wrapper retries, so that callers do not see it.
        public static var interrupted: Code { Code(rawValue: EINTR) }
        /// An argument makes no sense (`EINVAL`).
        public static var invalidArgument: Code { Code(rawValue: EINVAL) }
        /// The socket is closed (`ENOTSOCK`).
        public static var notASocket: Code { Code(rawValue: ENOTSOCK) }
        /// This kind of socket cannot do that (`ENOTSUP`).
        public static var notSupported: Code { Code(rawValue: ENOTSUP) }
        /// Out of turn: a reply without a request, a request before the reply (`EFSM`).
        public static var finiteStateMachine: Code { Code(rawValue: EFSM) }
        /// A transport or a pattern that does not fit the socket (`ENOCOMPATPROTO`).
        public static var incompatibleProtocol: Code { Code(rawValue: ENOCOMPATPROTO) }
        /// An unknown transport (`EPROTONOSUPPORT`).
        public static var protocolNotSupported: Code { Code(rawValue: EPROTONOSUPPORT) }
        /// No more sockets or descriptors for this process (`EMFILE`).
        public static var tooManyOpenFiles: Code { Code(rawValue: EMFILE) }
        /// Not allowed, as below port 1024 (`EACCES`).
        public static var permissionDenied: Code { Code(rawValue: EACCES) }
    }
}
