import ZeroMQ

/// Measures how late an event loop's thread is at most: what a busy machine does to it.
actor LatenessWatch {
    private static let period = Duration.milliseconds(5)

    private nonisolated let loop: EventLoop
    private var timer: TimerToken?
    private(set) var worst = Duration.zero

    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    init(_ loop: EventLoop) {
        self.loop = loop
    }

    func start() {
        schedule()
    }

    /// - Returns: the greatest lateness since the start.
    func stop() -> Duration {
        if let timer { loop.cancel(timer) }
        timer = nil
        return worst
    }

    private func schedule() {
        let due = MonotonicTime.now + Self.period
        timer = loop.schedule(at: due) { [unowned self] in
            assumeIsolated { $0.note(MonotonicTime.now - due) }
        }
    }

    private func note(_ lateness: Duration) {
        worst = max(worst, lateness)
        schedule()
    }
}
