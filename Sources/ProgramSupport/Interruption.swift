import Synchronization
import UnixSignals

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// INT or TERM came.
package struct Interruption: Error {
    package let signal: UnixSignal

    /// Runs `body` until it ends or INT or TERM comes; then cancels it, waits until it has cleaned up, and throws
    /// `Interruption`. An INT after that, somebody's impatience, ends the process at once; a TERM does not, for a
    /// launcher sends one and, by closing the standard input, another (`ParentWatch`).
    package static func stopping<Result: Sendable>(
        onSignal: @escaping @Sendable (UnixSignal) -> Void = { _ in },
        _ body: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
        ignoreBrokenPipes()
        let work = Task { try await body() }
        let first = Received()
        let watch = Task {
            for await signal in signals {
                guard first.signal.withLock({ $0 == nil }) else {
                    if signal == .sigint { _exit(130) }
                    continue
                }
                first.signal.withLock { $0 = signal }
                onSignal(signal)
                work.cancel()
            }
        }
        let result = await work.result
        watch.cancel()
        await watch.value
        if let signal = first.signal.withLock({ $0 }) { throw Interruption(signal: signal) }
        return try result.get()
    }

    private final class Received: Sendable {
        let signal = Mutex<UnixSignal?>(nil)
    }

    /// What writes to a reader that went away gets an error, not a deadly signal.
    private static func ignoreBrokenPipes() {
        #if canImport(Glibc)
            _ = Glibc.signal(SIGPIPE, SIG_IGN)
        #else
            _ = Darwin.signal(SIGPIPE, SIG_IGN)
        #endif
    }
}
