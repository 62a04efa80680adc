import CZeroMQ

extension SocketOption where Value == Bool {
    /// Queue messages only for links that are up. On: a peer that is away does not get yesterday's messages.
    public static var immediate: Self { Self(ZMQ_IMMEDIATE, "IMMEDIATE") }

    /// A router reports what it cannot route. Set at creation.
    public static var routerMandatory: Self { Self(ZMQ_ROUTER_MANDATORY, "ROUTER_MANDATORY") }

    /// A new link with a known identity takes it over. Set at creation.
    public static var routerHandover: Self { Self(ZMQ_ROUTER_HANDOVER, "ROUTER_HANDOVER") }

    /// Tag requests, so that a late reply to an abandoned one is dropped.
    public static var requestCorrelate: Self { Self(ZMQ_REQ_CORRELATE, "REQ_CORRELATE") }

    /// Allow the next request before the reply: how to give up on a lost one.
    public static var requestRelaxed: Self { Self(ZMQ_REQ_RELAXED, "REQ_RELAXED") }

    /// An xpublish socket reports every subscription, not only the first of each topic.
    public static var xpublishVerbose: Self { Self(ZMQ_XPUB_VERBOSE, "XPUB_VERBOSE") }

    /// The same, and every end of a subscription likewise.
    public static var xpublishVerboser: Self { Self(ZMQ_XPUB_VERBOSER, "XPUB_VERBOSER") }

    /// A publisher reports a full queue (`wouldBlock`) instead of dropping.
    public static var xpublishNoDrop: Self { Self(ZMQ_XPUB_NODROP, "XPUB_NODROP") }

    /// Keep the newest message only. Breaks multipart messages: single frames only.
    public static var conflate: Self { Self(ZMQ_CONFLATE, "CONFLATE") }

    /// Use IPv6 as well. Off by libzmq's default.
    public static var ipv6: Self { Self(ZMQ_IPV6, "IPV6") }

    /// Send an empty message on connecting, so that a router learns of us at once.
    public static var probeRouter: Self { Self(ZMQ_PROBE_ROUTER, "PROBE_ROUTER") }

    /// TCP keep-alive on (or off); unset, the system's own choice holds.
    public static var tcpKeepalive: Self { Self(ZMQ_TCP_KEEPALIVE, "TCP_KEEPALIVE") }

    /// This end holds the key that the others must know.
    public static var curveServer: Self { Self(ZMQ_CURVE_SERVER, "CURVE_SERVER") }
}
