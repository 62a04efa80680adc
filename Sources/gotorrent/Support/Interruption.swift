import UnixSignals

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// INT or TERM came.
struct Interruption: Error {
    let signal: UnixSignal

    /// Runs `body` until it ends or INT or TERM comes; then cancels it, waits until it has cleaned up, and throws
    /// `Interruption`. A second signal ends the process at once.
    static func stopping<Result: Sendable>(
        onSignal: @escaping @Sendable (UnixSignal) -> Void = { _ in },
        _ body: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
        // What writes to a reader that went away gets an error, not a deadly signal.
        signal(SIGPIPE, SIG_IGN)
        let work = Task { try await body() }
        let watch = Task { () -> UnixSignal? in
            var iterator = signals.makeAsyncIterator()
            guard let first = await iterator.next(), !Task.isCancelled else { return nil }
            onSignal(first)
            work.cancel()
            Task.detached {
                var rest = signals.makeAsyncIterator()
                if await rest.next() != nil { _exit(130) }
            }
            return first
        }
        let result = await work.result
        watch.cancel()
        if let signal = await watch.value { throw Interruption(signal: signal) }
        return try result.get()
    }
}
