extension EventLoop {
    /// Runs `body` on the loop's thread at `deadline` or soon after, never before; once.
    ///
    /// One whose time has passed runs in the next turn. Those due together run in the order of their deadlines, and
    /// of scheduling where these are equal. Those left when the loop ends,
    /// or set later, never run.
    @discardableResult
    public func schedule(at deadline: MonotonicTime, _ body: @escaping () -> Void) -> TimerToken {
        preconditionOnThread("scheduling a timer")
        let token = timers.schedule(at: deadline, body)
        if hasEnded { cancel(token) }
        return token
    }

    /// Runs `body` after `delay`; otherwise as above.
    @discardableResult
    public func schedule(after delay: Duration, _ body: @escaping () -> Void) -> TimerToken {
        schedule(at: .now + delay, body)
    }

    /// Takes a timer back. Returns false if it has run, or was cancelled before.
    @discardableResult
    public func cancel(_ token: TimerToken) -> Bool {
        preconditionOnThread("cancelling a timer")
        // The body is released here and not inside the queue, since what it holds may cancel another.
        let body = timers.claim(token)
        timers.compact()
        return body != nil
    }
}
