import CZeroMQ

extension MultipartMessage {
    /// What the authenticator called the link that the message came by; nil without one.
    ///
    /// Unlike a routing id, the peer cannot choose it.
    public var userID: String? { property("User-Id") }

    /// The IP address that the message came from; nil within a process.
    public var peerAddress: String? { property("Peer-Address") }

    private borrowing func property(_ name: String) -> String? {
        // The last frame: a router's first is made by the router itself, not received.
        guard count > 0, let text = zmq_msg_gets(frames + (count - 1), name) else { return nil }
        return String(cString: text)
    }
}
