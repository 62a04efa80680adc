import CZeroMQ

/// How a turn waits, and what it does with what it found.
///
/// libzmq gives each socket a descriptor, which is readable while there is news for the socket: from then on, until it
/// was looked at, and not for as long as it is ready. So three kinds of sockets are looked at: those with news, those
/// that something was done with, and those that were ready in the turn before.
extension EventLoop {
    /// Waits if there is nothing else to do, and calls the handlers of what is ready.
    func waitAndServe() {
        var timeout = 0
        if jobs.isEmpty, marked.isEmpty, inbox.withLock({ $0.fallAsleep() }) {
            timeout = timers.nextDeadline().map { MonotonicTime.now.pollTimeout(until: $0) } ?? -1
        }
        watch.wait(timeout: timeout) { key, events in
            guard key != 0 else { return wakeup.drain() }
            guard let source = sources[key] else { return }
            if case .socket = source.target { mark(source) } else { found.append((source, events)) }
        }
        lookAtMarked()
        serve()
    }

    /// Asks libzmq about the sockets that may be ready.
    private func lookAtMarked() {
        swap(&marked, &looked)
        for source in looked {
            source.isMarked = false
            guard source.isActive else { continue }
            let events = look(at: source)
            if !events.isEmpty { found.append((source, events)) }
        }
        // A source that was removed may hold the last reference to a socket, which then goes as well, and marks others.
        looked.removeAll(keepingCapacity: true)
    }

    private func look(at source: PollSource) -> PollEvents {
        guard !source.isBroken, case .socket(let socket) = source.target else { return .error }
        guard !source.events.isEmpty else { return [] }
        var events: Int32 = 0
        var size = MemoryLayout<Int32>.size
        while zmq_getsockopt(socket, ZMQ_EVENTS, &events, &size) == -1 {
            // A signal is no event. Anything else comes from a socket whose context has been shut down.
            if ZeroMQError.Code.last != .interrupted { return .error }
        }
        return PollEvents(rawValue: Int16(truncatingIfNeeded: events)).intersection(source.events)
    }

    /// Calls the handlers in the order of registration.
    ///
    /// Handlers may add, remove and close anything: what was removed in the meantime is passed over.
    private func serve() {
        guard !found.isEmpty else { return }
        var ready: [(source: PollSource, events: PollEvents)] = []
        swap(&ready, &found)
        if ready.count > 1 { ready.sort { $0.source.key < $1.source.key } }
        for (source, events) in ready {
            let events = events.intersection(source.events.union(.error))
            guard source.isActive, !events.isEmpty else { continue }
            if case .socket = source.target {
                if events.contains(.error) {
                    // Told once: it is not going to be well again.
                    source.events = []
                    follow(source)
                } else {
                    // Looked at again, whether the handler does anything or not.
                    mark(source)
                }
            }
            source.handler(events)
        }
        ready.removeAll(keepingCapacity: true)
        if found.isEmpty { swap(&ready, &found) }
    }
}
