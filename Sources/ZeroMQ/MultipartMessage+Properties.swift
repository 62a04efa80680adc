import CZeroMQ

extension MultipartMessage {
    /// What the authenticator called the link that the message came by; nil without one.
    ///
    /// Unlike a routing id, the peer cannot choose it.
    public var userID: String? { property("User-Id") }

    /// The IP address that the message came from; nil within a process.
    public var peerAddress: String? { property("Peer-Address") }

    /// The descriptor of the TCP link that the message came by; nil within a process.
    public var linkDescriptor: LinkDescriptor? {
        property("__fd").flatMap { Int32($0) }.flatMap { LinkDescriptor($0) }
    }

    private borrowing func property(_ name: String) -> String? {
        // From the last frame on: a router's first is made by the router itself, and one that was taken out has none.
        for index in (0..<count).reversed() {
            if let text = zmq_msg_gets(frames + index, name) { return String(cString: text) }
        }
        return nil
    }
}
