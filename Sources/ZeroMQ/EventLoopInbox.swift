/// What other threads leave for an event loop's thread, under its lock.
struct EventLoopInbox {
    enum Phase {
        case running
        /// Asked to end: it does when no job is left.
        case stopping
        /// The thread has ended.
        case ended
        /// The thread has ended, and another runs the jobs that came since.
        case straggling

        var isOver: Bool { self == .ended || self == .straggling }
    }

    var phase = Phase.running
    var jobs: [UnownedJob] = []
    /// Resumed when the loop's thread has ended.
    var waiters: [CheckedContinuation<Void, Never>] = []

    /// Whether the thread waits, or is about to, having seen this inbox empty.
    private var isAsleep = false

    /// Notes that the thread is about to wait, unless there is something to do. Returns whether it may.
    mutating func fallAsleep() -> Bool {
        isAsleep = jobs.isEmpty && phase == .running
        return isAsleep
    }

    mutating func wakeUp() {
        isAsleep = false
    }

    /// Whether whoever has just changed the inbox must signal: once for each sleep, however many come.
    mutating func needsWakeup() -> Bool {
        defer { isAsleep = false }
        return isAsleep
    }
}
