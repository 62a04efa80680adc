import Synchronization

extension EventLoop {
    /// The thread: turns until it is stopped and no job is left.
    func run() {
        owner.store(ThreadIdentity.current.rawValue, ordering: .relaxed)
        while true {
            runDueTimers()
            runJobs(limit: Self.jobsPerTurn)
            waitAndServe()
            let isStopping = inbox.withLock { inbox in
                inbox.wakeUp()
                jobs.append(takingFrom: &inbox.jobs)
                return inbox.phase == .stopping
            }
            if isStopping && jobs.isEmpty && finish() { break }
        }
        end.open()
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
        let dropped = (sources, marked, timers)
        for source in sources.values { watch.remove(source.descriptor) }
        sources = [:]
        marked = []
        timers = TimerQueue()
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
