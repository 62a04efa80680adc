import CZeroMQ

extension SocketOption where Value == Int {
    /// Messages queued for a peer before sending would block (1000); 0 is no bound. Not a flow control.
    public static var sendHighWaterMark: Self { Self(ZMQ_SNDHWM, "SNDHWM") }

    /// Messages queued from a peer before its link is left unread (1000); 0 is no bound.
    public static var receiveHighWaterMark: Self { Self(ZMQ_RCVHWM, "RCVHWM") }

    /// Bytes a received frame may have; -1 is no bound. Set at creation.
    public static var maximumFrameSize: Self {
        Self(code: ZMQ_MAXMSGSIZE, name: "MAXMSGSIZE", size: MemoryLayout<Int64>.size)
    }

    /// Connections the system holds until they are accepted (100).
    public static var backlog: Self { Self(ZMQ_BACKLOG, "BACKLOG") }

    /// Bytes of the system's send buffer; -1 leaves it to the system.
    public static var sendBuffer: Self { Self(ZMQ_SNDBUF, "SNDBUF") }

    /// Bytes of the system's receive buffer; -1 leaves it to the system.
    public static var receiveBuffer: Self { Self(ZMQ_RCVBUF, "RCVBUF") }

    /// Seconds of silence before the first keep-alive probe; -1 leaves it to the system.
    public static var tcpKeepaliveIdle: Self { Self(ZMQ_TCP_KEEPALIVE_IDLE, "TCP_KEEPALIVE_IDLE") }

    /// Seconds between keep-alive probes; -1 leaves it to the system.
    public static var tcpKeepaliveInterval: Self { Self(ZMQ_TCP_KEEPALIVE_INTVL, "TCP_KEEPALIVE_INTVL") }

    /// Probes without answer before the link is given up; -1 leaves it to the system.
    public static var tcpKeepaliveCount: Self { Self(ZMQ_TCP_KEEPALIVE_CNT, "TCP_KEEPALIVE_CNT") }

    /// The type-of-service byte of outgoing packets.
    public static var typeOfService: Self { Self(ZMQ_TOS, "TOS") }

    /// What `Socket.events` reads.
    static var events: Self { Self(ZMQ_EVENTS, "EVENTS") }
}
