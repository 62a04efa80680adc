import Synchronization

extension EventLoop {
    /// Queues a job. Without a system call on the loop's own thread, and elsewhere unless the loop sleeps.
    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        if isOnThread {
            jobs.append(job)
            return
        }
        enum Need { case nothing, wakeup, thread }
        let need = inbox.withLock { inbox -> Need in
            inbox.jobs.append(job)
            if inbox.phase == .ended {
                inbox.phase = .straggling
                return .thread
            }
            return inbox.needsWakeup() ? .wakeup : .nothing
        }
        switch need {
        case .nothing: break
        case .wakeup: wakeup.signal()
        case .thread: startStragglerThread()
        }
    }

    public func asUnownedSerialExecutor() -> UnownedSerialExecutor {
        UnownedSerialExecutor(ordinary: self)
    }

    /// Traps off the loop's thread: what makes `assumeIsolated` work in handlers.
    public func checkIsolated() {
        preconditionOnThread("this call")
    }

    @available(macOS 26.0, *)
    public func isIsolatingCurrentContext() -> Bool? {
        isOnThread
    }

    /// Runs up to `limit` of the queued jobs.
    func runJobs(limit: Int) {
        for _ in 0..<limit {
            guard let job = jobs.popFirst() else { return }
            job.runSynchronously(on: asUnownedSerialExecutor())
        }
    }

    /// Runs what came after the end on a thread of its own, which lives until there is nothing left.
    ///
    /// Not on the thread that enqueues: it may hold a lock that the job wants.
    private func startStragglerThread() {
        do throws(ZeroMQError) {
            try DetachedThread.start(name: name) { self.runStragglers() }
        } catch {
            // No thread to be had: late work on the wrong thread is better than work lost.
            runStragglers()
        }
    }

    private func runStragglers() {
        owner.store(ThreadIdentity.current.rawValue, ordering: .relaxed)
        while true {
            let isDone = inbox.withLock { inbox in
                jobs.append(takingFrom: &inbox.jobs)
                if !jobs.isEmpty { return false }
                owner.store(0, ordering: .relaxed)
                inbox.phase = .ended
                return true
            }
            if isDone { return }
            runJobs(limit: .max)
        }
    }
}
