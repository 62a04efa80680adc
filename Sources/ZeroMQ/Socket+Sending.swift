extension Socket {
    /// Sends a message without waiting: all of its frames or none.
    ///
    /// - Parameter frames: at least one; empty frames are allowed. Copied.
    /// - Returns: `wouldBlock` or `unreachable` when the message was dropped.
    @discardableResult
    public func send(_ frames: [[UInt8]]) throws(ZeroMQError) -> SendOutcome {
        precondition(!frames.isEmpty, "a message has at least one frame")
        var outgoing = OutgoingMultipart(on: pointer)
        _ = try Self.append(frames, to: &outgoing, more: false)
        return outgoing.outcome
    }

    /// Sends a message whose last frame is large and goes without being copied.
    ///
    /// What was not sent is released, so that a later attempt needs a new `Message` over the same owner.
    @discardableResult
    public func send(_ frames: [[UInt8]], last: consuming Message) throws(ZeroMQError) -> SendOutcome {
        var outgoing = OutgoingMultipart(on: pointer)
        if try Self.append(frames, to: &outgoing, more: true) {
            _ = try outgoing.append(moving: &last.raw, more: false)
        }
        return outgoing.outcome
    }

    /// Sends frames from wherever they are, without an array for each: for hot paths. Copied.
    @discardableResult
    public func send(_ frames: UnsafeBufferPointer<UnsafeRawBufferPointer>) throws(ZeroMQError) -> SendOutcome {
        precondition(!frames.isEmpty, "a message has at least one frame")
        var outgoing = OutgoingMultipart(on: pointer)
        for index in frames.indices {
            guard try outgoing.append(frames[index], more: index < frames.count - 1) else { break }
        }
        return outgoing.outcome
    }

    /// Sends a received message on, without copying its frames, and leaves it empty.
    @discardableResult
    public func send(moving message: inout MultipartMessage) throws(ZeroMQError) -> SendOutcome {
        precondition(!message.isEmpty, "a message has at least one frame")
        defer { message.removeAll() }
        var outgoing = OutgoingMultipart(on: pointer)
        for index in 0..<message.count {
            guard try outgoing.append(moving: message.frames + index, more: index < message.count - 1) else { break }
        }
        return outgoing.outcome
    }

    /// Sends from a router to the peer of that identity.
    ///
    /// - Returns: `unreachable` when there is no such peer, `wouldBlock` when its queue is full.
    @discardableResult
    public func send(to identity: [UInt8], _ frames: [[UInt8]]) throws(ZeroMQError) -> SendOutcome {
        precondition(!frames.isEmpty, "a message has at least one frame")
        var outgoing = OutgoingMultipart(on: pointer)
        if try Self.append([identity], to: &outgoing, more: true) {
            _ = try Self.append(frames, to: &outgoing, more: false)
        }
        return outgoing.outcome
    }

    /// Sends from a router to the peer of that identity, the last frame without being copied.
    @discardableResult
    public func send(
        to identity: [UInt8], _ frames: [[UInt8]], last: consuming Message
    ) throws(ZeroMQError) -> SendOutcome {
        var outgoing = OutgoingMultipart(on: pointer)
        if try Self.append([identity], to: &outgoing, more: true),
            try Self.append(frames, to: &outgoing, more: true)
        {
            _ = try outgoing.append(moving: &last.raw, more: false)
        }
        return outgoing.outcome
    }

    /// Gives all of `frames`; `more` says whether the message goes on behind them. False when it was refused.
    private static func append(
        _ frames: [[UInt8]], to outgoing: inout OutgoingMultipart, more: Bool
    ) throws(ZeroMQError) -> Bool {
        for index in frames.indices {
            let isLast = !more && index == frames.count - 1
            let goesOn = try frames[index].withUnsafeBufferPointer { bytes throws(ZeroMQError) in
                try outgoing.append(UnsafeRawBufferPointer(bytes), more: !isLast)
            }
            guard goesOn else { return false }
        }
        return true
    }
}
