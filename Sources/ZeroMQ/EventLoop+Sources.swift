import CZeroMQ

extension EventLoop {
    /// Calls `handler`, on the loop's thread, whenever one of `events` is possible on the socket.
    ///
    /// Level-triggered: a handler that leaves messages unread is called again in the next turn. A socket is in at
    /// most one loop, and closing it removes it. The loop keeps the handler, and so what it refers to, until then.
    /// `.error` comes once, unasked, when the socket's context was shut down: close the socket then.
    public func add(_ socket: Socket, events: PollEvents, handler: @escaping (PollEvents) -> Void) {
        preconditionOnThread("adding a socket")
        precondition(socket.source == nil, "the \(socket.type) socket is in an event loop already")
        guard let pointer = socket.pointer else { preconditionFailure("the \(socket.type) socket is closed") }
        socket.source = add(.socket(pointer), events, handler)
    }

    /// Changes what the socket is waited for; nothing at all is allowed, and pauses it.
    public func update(_ socket: Socket, events: PollEvents) {
        preconditionOnThread("updating a socket")
        guard let source = socket.source, source.events != events else { return }
        source.events = events
        itemsAreStale = true
    }

    /// Forgets the socket, and what was found for it but not delivered yet. Does nothing if it is not here.
    public func remove(_ socket: Socket) {
        preconditionOnThread("removing a socket")
        guard let source = socket.source else { return }
        socket.source = nil
        remove(source)
    }

    /// Calls `handler`, on the loop's thread, whenever one of `events` is possible on the descriptor.
    ///
    /// The caller keeps it, and removes it before closing it: the system gives its number to the next one opened.
    public func add(fileDescriptor: Int32, events: PollEvents, handler: @escaping (PollEvents) -> Void) {
        preconditionOnThread("adding a descriptor")
        precondition(source(of: fileDescriptor) == nil, "descriptor \(fileDescriptor) is in the event loop already")
        _ = add(.fileDescriptor(fileDescriptor), events, handler)
    }

    /// Changes what the descriptor is waited for; nothing at all is allowed, and pauses it.
    public func update(fileDescriptor: Int32, events: PollEvents) {
        preconditionOnThread("updating a descriptor")
        guard let source = source(of: fileDescriptor), source.events != events else { return }
        source.events = events
        itemsAreStale = true
    }

    /// Forgets the descriptor. Does nothing if it is not here.
    public func remove(fileDescriptor: Int32) {
        preconditionOnThread("removing a descriptor")
        if let source = source(of: fileDescriptor) { remove(source) }
    }

    private func add(
        _ target: PollSource.Target, _ events: PollEvents, _ handler: @escaping (PollEvents) -> Void
    ) -> PollSource {
        let source = PollSource(loop: self, target: target, events: events, handler: handler)
        // After the end nobody polls: keeping the handler would only keep alive what it refers to.
        guard !hasEnded else { return source }
        sources.append(source)
        itemsAreStale = true
        return source
    }

    private func remove(_ source: PollSource) {
        source.isActive = false
        itemsAreStale = true
        // Alive until `sources` is whole again: its handler may hold the last reference to another socket, whose end
        // comes back here.
        withExtendedLifetime(source) {
            sources.removeAll { $0 === source }
        }
    }

    private func source(of fileDescriptor: Int32) -> PollSource? {
        sources.first { source in
            if case .fileDescriptor(fileDescriptor) = source.target { true } else { false }
        }
    }
}
