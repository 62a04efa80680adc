import CZeroMQ

/// What a socket or a descriptor can be waited for.
public struct PollEvents: OptionSet, Hashable, Sendable {
    public var rawValue: Int16

    public init(rawValue: Int16) {
        self.rawValue = rawValue
    }

    /// At least one message (or byte) can be received without waiting.
    public static var readable: PollEvents { PollEvents(rawValue: Int16(ZMQ_POLLIN)) }
    /// At least one message (or byte) can be sent without waiting.
    public static var writable: PollEvents { PollEvents(rawValue: Int16(ZMQ_POLLOUT)) }
    /// The descriptor is broken or hung up, or the socket's context has ended. Reported without being asked for.
    public static var error: PollEvents { PollEvents(rawValue: Int16(ZMQ_POLLERR)) }
    /// Out-of-band data; descriptors only.
    public static var priority: PollEvents { PollEvents(rawValue: Int16(ZMQ_POLLPRI)) }
}
