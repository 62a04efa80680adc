import CZeroMQ

// All in whole milliseconds inside libzmq, rounded up. An optional's nil is libzmq's -1.

extension SocketOption where Value == Duration? {
    /// How long unsent messages outlive their socket; nil is forever. Zero at creation.
    public static var linger: Self { Self(ZMQ_LINGER, "LINGER") }

    /// How long until a lost link is tried again (100 ms); nil is never.
    public static var reconnectInterval: Self { Self(ZMQ_RECONNECT_IVL, "RECONNECT_IVL") }

    /// How long after a ping the link is given up; nil is the heartbeat's interval.
    public static var heartbeatTimeout: Self { Self(ZMQ_HEARTBEAT_TIMEOUT, "HEARTBEAT_TIMEOUT") }
}

extension SocketOption where Value == Duration {
    /// The longest interval that doubling reaches while a peer stays away; zero is no doubling.
    public static var reconnectIntervalMaximum: Self { Self(ZMQ_RECONNECT_IVL_MAX, "RECONNECT_IVL_MAX") }

    /// How often to ping a peer that speaks ZMTP 3.1; zero is never.
    public static var heartbeatInterval: Self { Self(ZMQ_HEARTBEAT_IVL, "HEARTBEAT_IVL") }

    /// How long the peer is asked to wait for our next sign of life, in tenths of a second on the wire.
    public static var heartbeatTimeToLive: Self { Self(ZMQ_HEARTBEAT_TTL, "HEARTBEAT_TTL") }

    /// How long a new link may take to introduce itself (30 s); zero is for ever.
    public static var handshakeInterval: Self { Self(ZMQ_HANDSHAKE_IVL, "HANDSHAKE_IVL") }

    /// How long what was sent may remain untaken by the other end's system before the link is given up, also where it
    /// only says that it has no room (TCP_USER_TIMEOUT); zero leaves it to the system.
    public static var tcpUntakenMaximum: Self { Self(ZMQ_TCP_MAXRT, "TCP_MAXRT") }

    /// How long the system may take to connect; zero is the system's own limit.
    public static var connectTimeout: Self { Self(ZMQ_CONNECT_TIMEOUT, "CONNECT_TIMEOUT") }
}
