import CZeroMQ

extension Socket {
    /// Accepts peers at `endpoint`, and returns where: `tcp://127.0.0.1:*` binds a free port and names it.
    ///
    /// Throws `addressInUse`, `addressNotAvailable`, `permissionDenied`, `noSuchDevice`, `invalidArgument`, …
    @discardableResult
    public func bind(_ endpoint: String) throws(ZeroMQError) -> String {
        let socket = pointer
        try retryingInterrupts("bind \(endpoint)") { zmq_bind(socket, endpoint) }
        return try get(.lastEndpoint)
    }

    /// Stops accepting peers there. Takes what `bind` returned.
    public func unbind(_ endpoint: String) throws(ZeroMQError) {
        let socket = pointer
        try retryingInterrupts("unbind \(endpoint)") { zmq_unbind(socket, endpoint) }
    }

    /// Connects to a peer, and again whenever the link is lost; the peer need not be there yet.
    ///
    /// So an address where nobody is does not make it throw: only one that makes no sense does.
    public func connect(_ endpoint: String) throws(ZeroMQError) {
        let socket = pointer
        try retryingInterrupts("connect \(endpoint)") { zmq_connect(socket, endpoint) }
    }

    /// Drops the link and what is queued for it, and stops reconnecting.
    public func disconnect(_ endpoint: String) throws(ZeroMQError) {
        let socket = pointer
        try retryingInterrupts("disconnect \(endpoint)") { zmq_disconnect(socket, endpoint) }
    }

    /// Receives messages whose first frame begins with `prefix`; the empty one stands for all.
    ///
    /// Counted: subscribing twice takes two `unsubscribe`s.
    public func subscribe(_ prefix: [UInt8]) throws(ZeroMQError) {
        try setSubscription(ZMQ_SUBSCRIBE, prefix, "subscribe")
    }

    /// Receives messages whose first frame begins with the text, in UTF-8.
    public func subscribe(_ prefix: String) throws(ZeroMQError) {
        try subscribe(Array(prefix.utf8))
    }

    /// Takes one subscription back.
    public func unsubscribe(_ prefix: [UInt8]) throws(ZeroMQError) {
        try setSubscription(ZMQ_UNSUBSCRIBE, prefix, "unsubscribe")
    }

    /// Takes one subscription back.
    public func unsubscribe(_ prefix: String) throws(ZeroMQError) {
        try unsubscribe(Array(prefix.utf8))
    }

    private func setSubscription(_ option: Int32, _ prefix: [UInt8], _ operation: String) throws(ZeroMQError) {
        let socket = pointer
        try retryingInterrupts("\(operation) \(String(decoding: prefix, as: UTF8.self))") {
            zmq_setsockopt(socket, option, prefix, prefix.count)
        }
    }
}
