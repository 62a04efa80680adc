import CZeroMQ

extension Socket {
    /// Receives one whole message without waiting.
    ///
    /// - Parameters:
    ///   - message: replaced by what came; empty when nothing did.
    ///   - maximumFrames: further frames are dropped, and `message.wasTruncated` says so.
    /// - Returns: false when there is nothing to receive.
    public func receive(
        into message: inout MultipartMessage, maximumFrames: Int = 64
    ) throws(ZeroMQError) -> Bool {
        try message.receive(from: pointer, maximumFrames: maximumFrames)
    }

    /// Receives one whole message, waiting for it up to `timeout`; nil is forever.
    ///
    /// For clients and tests: on an event loop's thread it would hold up everything else.
    public func receive(
        into message: inout MultipartMessage, maximumFrames: Int = 64, timeout: Duration?
    ) throws(ZeroMQError) -> Bool {
        let deadline = timeout.map { MonotonicTime.now + $0 }
        while true {
            if try receive(into: &message, maximumFrames: maximumFrames) { return true }
            guard try wait(for: .readable, until: deadline) else { return false }
        }
    }

    /// The frames of one message as arrays, waiting up to `timeout`; nil when none came.
    public func receive(timeout: Duration?, maximumFrames: Int = 64) throws(ZeroMQError) -> [[UInt8]]? {
        var message = MultipartMessage()
        guard try receive(into: &message, maximumFrames: maximumFrames, timeout: timeout) else { return nil }
        return message.copyFrames()
    }

    /// What could be done with the socket just now without waiting.
    public var events: PollEvents {
        get throws(ZeroMQError) { PollEvents(rawValue: Int16(truncatingIfNeeded: try get(.events))) }
    }

    /// Waits until one of `events` is possible; false when `deadline` came first (nil is never).
    ///
    /// A signal does not end the wait early, nor does a storm of them prolong it.
    public func wait(for events: PollEvents, until deadline: MonotonicTime?) throws(ZeroMQError) -> Bool {
        var item = zmq_pollitem_t(socket: pointer, fd: 0, events: events.rawValue, revents: 0)
        guard item.socket != nil else { throw ZeroMQError(code: .notASocket, operation: "wait") }
        while true {
            let result = zmq_poll(&item, 1, deadline.map { MonotonicTime.now.pollTimeout(until: $0) } ?? -1)
            if result > 0 { return true }
            let code = result == -1 ? ZeroMQError.Code.last : .interrupted
            if code != .interrupted { throw ZeroMQError(code: code, operation: "wait") }
            if let deadline, MonotonicTime.now >= deadline { return false }
        }
    }
}

extension MonotonicTime {
    /// What `zmq_poll` is to be given to wait until `deadline` and not less: milliseconds, rounded up.
    func pollTimeout(until deadline: MonotonicTime) -> Int {
        guard deadline > self else { return 0 }
        // A day at most, and then a further wait: poll(2) takes a C int.
        return Int(min((deadline - self).millisecondsRoundedUp, 86_400_000))
    }
}
