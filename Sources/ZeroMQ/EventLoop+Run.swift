import CZeroMQ
import Synchronization

extension EventLoop {
    /// The thread: turns until it is stopped and no job is left.
    func run() {
        owner.store(ThreadIdentity.current.rawValue, ordering: .relaxed)
        while true {
            runDueTimers()
            runJobs(limit: Self.jobsPerTurn)
            poll()
            let isStopping = inbox.withLock { inbox in
                inbox.wakeUp()
                jobs.append(takingFrom: &inbox.jobs)
                return inbox.phase == .stopping
            }
            if isStopping && jobs.isEmpty && finish() { break }
        }
        end.open()
    }

    /// Polls once, waiting if there is nothing else to do, and calls the handlers of what was found.
    private func poll() {
        if itemsAreStale { rebuildItems() }
        var timeout = 0
        if jobs.isEmpty, inbox.withLock({ $0.fallAsleep() }) {
            timeout = timers.nextDeadline().map { MonotonicTime.now.pollTimeout(until: $0) } ?? -1
        }
        let found = items.withUnsafeMutableBufferPointer { items in
            zmq_poll(items.baseAddress, Int32(items.count), timeout)
        }
        if found == -1 {
            // A signal is no event. Anything else comes from a socket whose context has been shut down.
            if ZeroMQError.Code.last != .interrupted { dropBrokenSockets() }
        } else if found > 0 {
            dispatch()
        }
    }

    /// Calls the handlers in the order of registration.
    ///
    /// Handlers may add, remove and close anything: `items` stays as it is until the next turn, and what was removed
    /// in the meantime is passed over.
    private func dispatch() {
        if items[0].revents != 0 { wakeup.drain() }
        for index in polled.indices where items[index + 1].revents != 0 {
            let source = polled[index]
            let events = PollEvents(rawValue: items[index + 1].revents).intersection(source.events.union(.error))
            if source.isActive && !events.isEmpty { source.handler(events) }
        }
    }

    private func rebuildItems() {
        repeat {
            itemsAreStale = false
            // Released at the end of the round: the handler of a source that was removed may hold the last reference
            // to another socket, which then goes as well and makes the items stale again.
            let previous = polled
            // Waiting for nothing means not polled: a descriptor that hung up would end every wait at once.
            polled = sources.filter { !$0.events.isEmpty }
            items.removeAll(keepingCapacity: true)
            items.append(Self.item(.fileDescriptor(wakeup.readDescriptor), .readable))
            for source in polled { items.append(Self.item(source.target, source.events)) }
            withExtendedLifetime(previous) {}
        } while itemsAreStale
    }

    private static func item(_ target: PollSource.Target, _ events: PollEvents) -> zmq_pollitem_t {
        switch target {
        case .socket(let socket):
            zmq_pollitem_t(socket: socket, fd: 0, events: events.rawValue, revents: 0)
        case .fileDescriptor(let descriptor):
            zmq_pollitem_t(socket: nil, fd: descriptor, events: events.rawValue, revents: 0)
        }
    }

    /// Tells each socket that can no longer be polled, once: `zmq_poll` fails as a whole and does not say which.
    private func dropBrokenSockets() {
        for source in polled where source.isActive {
            guard case .socket(let socket) = source.target else { continue }
            var events: Int32 = 0
            var size = MemoryLayout<Int32>.size
            guard zmq_getsockopt(socket, ZMQ_EVENTS, &events, &size) == -1 else { continue }
            if ZeroMQError.Code.last == .interrupted { continue }
            source.events = []
            itemsAreStale = true
            source.handler(.error)
        }
    }

    private func runDueTimers() {
        guard timers.count > 0 else { return }
        for token in timers.takeDue(at: .now) {
            timers.claim(token)?()
        }
    }

    /// Released here, so that the sockets which only their handlers still hold are closed on their own thread.
    ///
    /// Taken out first and released last, since a socket's end reaches for `sources`.
    private func dropSourcesAndTimers() {
        let dropped = (sources, polled, timers)
        sources = []
        polled = []
        timers = TimerQueue()
        itemsAreStale = true
        withExtendedLifetime(dropped) {}
    }

    /// Drops sources and timers, and ends unless doing so has brought new jobs. Returns whether it has ended.
    private func finish() -> Bool {
        dropSourcesAndTimers()
        guard jobs.isEmpty else { return false }
        let waiters = inbox.withLock { inbox -> [CheckedContinuation<Void, Never>]? in
            guard inbox.jobs.isEmpty else { return nil }
            inbox.phase = .ended
            hasEnded = true
            owner.store(0, ordering: .relaxed)
            defer { inbox.waiters = [] }
            return inbox.waiters
        }
        guard let waiters else { return false }
        for waiter in waiters { waiter.resume() }
        return true
    }
}
