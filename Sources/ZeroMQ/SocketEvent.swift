import CZeroMQ

/// Something that happened to one of a socket's links.
public struct SocketEvent: Hashable, Sendable, CustomStringConvertible {
    /// What happened; a set, so that a monitor can be asked for several.
    public struct Kind: OptionSet, Hashable, Sendable {
        public var rawValue: UInt16

        public init(rawValue: UInt16) {
            self.rawValue = rawValue
        }

        private init(_ flag: Int32) {
            rawValue = UInt16(truncatingIfNeeded: flag)
        }

        /// The transport is up; the handshake comes next.
        public static var connected: Kind { Kind(ZMQ_EVENT_CONNECTED) }
        /// Connecting goes on in the background: the normal case.
        public static var connectDelayed: Kind { Kind(ZMQ_EVENT_CONNECT_DELAYED) }
        /// Will be tried again after `value` milliseconds.
        public static var connectRetried: Kind { Kind(ZMQ_EVENT_CONNECT_RETRIED) }
        /// Bound.
        public static var listening: Kind { Kind(ZMQ_EVENT_LISTENING) }
        public static var bindFailed: Kind { Kind(ZMQ_EVENT_BIND_FAILED) }
        /// A peer's transport is up; the handshake comes next.
        public static var accepted: Kind { Kind(ZMQ_EVENT_ACCEPTED) }
        public static var acceptFailed: Kind { Kind(ZMQ_EVENT_ACCEPT_FAILED) }
        public static var closed: Kind { Kind(ZMQ_EVENT_CLOSED) }
        public static var closeFailed: Kind { Kind(ZMQ_EVENT_CLOSE_FAILED) }
        /// The link was lost.
        public static var disconnected: Kind { Kind(ZMQ_EVENT_DISCONNECTED) }
        /// The last event there will be.
        public static var monitorStopped: Kind { Kind(ZMQ_EVENT_MONITOR_STOPPED) }
        /// The link is ready for messages.
        public static var handshakeSucceeded: Kind { Kind(ZMQ_EVENT_HANDSHAKE_SUCCEEDED) }
        /// The system failed during the handshake; `value` is its error number.
        public static var handshakeFailedNoDetail: Kind { Kind(ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL) }
        /// The peer does not speak the protocol as it should; `value` says how, a `ZMQ_PROTOCOL_ERROR_`.
        public static var handshakeFailedProtocol: Kind { Kind(ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL) }
        /// The peer was refused; `value` is the ZAP status code (300, 400, 500).
        public static var handshakeFailedAuthentication: Kind { Kind(ZMQ_EVENT_HANDSHAKE_FAILED_AUTH) }
        /// Every kind there is or will be.
        public static var all: Kind { Kind(ZMQ_EVENT_ALL) }
    }

    public var kind: Kind

    /// A descriptor, an error number or an interval, by the kind.
    public var value: Int32

    /// The link's address as libzmq has it: often the local one that was bound, or the one connected to.
    public var endpoint: String

    public init(kind: Kind, value: Int32, endpoint: String) {
        self.kind = kind
        self.value = value
        self.endpoint = endpoint
    }

    /// The link that was accepted or lost; nil of other events.
    public var linkDescriptor: LinkDescriptor? {
        kind == .accepted || kind == .disconnected ? LinkDescriptor(value) : nil
    }

    public var description: String {
        "event 0x\(String(kind.rawValue, radix: 16)) of \(endpoint), value \(value)"
    }
}
