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
        var descriptor: Int32 = -1
        var size = MemoryLayout<Int32>.size
        // It fails where the context has ended, which the first look will tell.
        zmq_getsockopt(pointer, ZMQ_FD, &descriptor, &size)
        let source = add(.socket(pointer), descriptor, events, handler)
        socket.source = source
        mark(source)
    }

    /// Changes what the socket is waited for; nothing at all is allowed, and pauses it.
    public func update(_ socket: Socket, events: PollEvents) {
        preconditionOnThread("updating a socket")
        guard let source = socket.source, source.events != events else { return }
        source.events = events
        follow(source)
        mark(source)
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
        _ = add(.fileDescriptor, fileDescriptor, events, handler)
    }

    /// Changes what the descriptor is waited for; nothing at all is allowed, and pauses it.
    public func update(fileDescriptor: Int32, events: PollEvents) {
        preconditionOnThread("updating a descriptor")
        guard let source = source(of: fileDescriptor), source.events != events else { return }
        source.events = events
        follow(source)
    }

    /// Forgets the descriptor. Does nothing if it is not here.
    public func remove(fileDescriptor: Int32) {
        preconditionOnThread("removing a descriptor")
        if let source = source(of: fileDescriptor) { remove(source) }
    }

    /// Notes that something was done with a socket. Any call on it may take up, unasked, what libzmq has to tell, and
    /// its descriptor then stays silent: so it is looked at before the next wait.
    func mark(_ source: PollSource) {
        guard !source.isMarked, source.isActive, !hasEnded else { return }
        source.isMarked = true
        marked.append(source)
    }

    private func add(
        _ target: PollSource.Target, _ descriptor: Int32, _ events: PollEvents,
        _ handler: @escaping (PollEvents) -> Void
    ) -> PollSource {
        lastKey += 1
        let source = PollSource(
            loop: self, target: target, descriptor: descriptor, key: lastKey, events: events, handler: handler)
        // After the end nobody waits: keeping the handler would only keep alive what it refers to.
        guard !hasEnded else { return source }
        sources[source.key] = source
        follow(source)
        return source
    }

    /// Has the system asked for what the source is waited for. Waiting for nothing means not asked: a descriptor that
    /// hung up would end every wait at once.
    func follow(_ source: PollSource) {
        guard !source.events.isEmpty, source.descriptor != -1 else { return watch.remove(source.descriptor) }
        let events: PollEvents = if case .socket = source.target { .readable } else { source.events }
        do throws(ZeroMQError) {
            try watch.set(source.descriptor, events, key: source.key)
        } catch {
            // It can never be told to be ready.
            source.isBroken = true
            mark(source)
        }
    }

    private func remove(_ source: PollSource) {
        source.isActive = false
        watch.remove(source.descriptor)
        // Alive until `sources` is whole again: its handler may hold the last reference to another socket, whose end
        // comes back here.
        let removed = sources.removeValue(forKey: source.key)
        withExtendedLifetime(removed) {}
    }

    private func source(of fileDescriptor: Int32) -> PollSource? {
        sources.values.first { source in
            if case .fileDescriptor = source.target { source.descriptor == fileDescriptor } else { false }
        }
    }
}
