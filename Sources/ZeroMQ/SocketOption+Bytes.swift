import CZeroMQ

/// The most bytes an identity, a domain or an endpoint takes here, libzmq's final zero included.
private let textSize = 1024

extension SocketOption where Value == [UInt8] {
    /// What a router at the other end names this socket by: 1 to 255 bytes, the first not zero.
    public static var routingID: Self { Self(code: ZMQ_ROUTING_ID, name: "ROUTING_ID", size: 256) }

    /// What this router names the peer of the next `connect` by.
    public static var connectRoutingID: Self {
        Self(code: ZMQ_CONNECT_ROUTING_ID, name: "CONNECT_ROUTING_ID", size: 256)
    }
}

extension SocketOption where Value == String {
    /// The domain that ZAP requests of this socket carry. Without one libzmq 4.3 asks no ZAP handler for NULL links.
    public static var zapDomain: Self { Self(code: ZMQ_ZAP_DOMAIN, name: "ZAP_DOMAIN", size: textSize) }

    /// The last endpoint bound or connected, wildcards resolved. Read only.
    public static var lastEndpoint: Self { Self(code: ZMQ_LAST_ENDPOINT, name: "LAST_ENDPOINT", size: textSize) }
}
