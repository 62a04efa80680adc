import Synchronization
import Testing

@testable import ZeroMQ

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

private let signalCount = Atomic(0)

/// A thread that is sent signals all the time never sees it in what its calls return.
@Suite(.timeLimit(.minutes(5)), .serialized)
struct SignalTests {
    /// Sends the calling thread SIGUSR2 from another one, without pause, while `body` runs.
    private func withSignals(_ body: () throws -> Void) throws {
        var action = sigaction()
        // No SA_RESTART: the system's calls are to be interrupted.
        let handler: @convention(c) (Int32) -> Void = { _ in signalCount.add(1, ordering: .relaxed) }
        #if canImport(Darwin)
            action.__sigaction_u.__sa_handler = handler
        #else
            action.__sigaction_handler.sa_handler = handler
        #endif
        var previous = sigaction()
        sigaction(SIGUSR2, &action, &previous)

        // The threads that run tests block signals.
        var unblocked = sigset_t()
        var previousMask = sigset_t()
        sigemptyset(&unblocked)
        sigaddset(&unblocked, SIGUSR2)
        pthread_sigmask(SIG_UNBLOCK, &unblocked, &previousMask)

        let before = signalCount.load(ordering: .relaxed)
        let storm = Storm(target: pthread_self())
        try DetachedThread.start(name: "storm") { storm.rage() }
        defer {
            storm.stop()
            pthread_sigmask(SIG_SETMASK, &previousMask, nil)
            sigaction(SIGUSR2, &previous, nil)
        }
        let deadline = MonotonicTime.now + patience
        while signalCount.load(ordering: .relaxed) == before && MonotonicTime.now < deadline { sched_yield() }
        try #require(signalCount.load(ordering: .relaxed) > before, "no signal came: the test would show nothing")
        try body()
    }

    /// The thread that signals.
    ///
    /// Sendable: the target is only read, and is a running thread as long as the storm lasts, since it waits for it.
    private final class Storm: @unchecked Sendable {
        private let target: pthread_t
        private let isOver = Atomic(false)
        private let end = Latch()

        init(target: pthread_t) {
            self.target = target
        }

        func rage() {
            while !isOver.load(ordering: .acquiring) {
                pthread_kill(target, SIGUSR2)
                sched_yield()
            }
            end.open()
        }

        func stop() {
            isOver.store(true, ordering: .releasing)
            end.wait()
        }
    }

    @Test func aWaitLastsAsLongAsItShould() throws {
        try withContext { context in
            let socket = try Socket(.pair, in: context)
            defer { socket.close() }
            try socket.bind("inproc://storm")
            try withSignals { () throws in
                let start = MonotonicTime.now
                #expect(try socket.receive(timeout: .milliseconds(200)) == nil)
                let elapsed = MonotonicTime.now - start
                #expect(elapsed >= .milliseconds(200))
                #expect(elapsed < patience)
            }
        }
    }

    @Test func messagesPassAndSocketsOpenAndClose() throws {
        try withContext { context in
            try withSignals {
                let server = try Socket(.reply, in: context)
                let endpoint = try server.bind("tcp://127.0.0.1:*")
                for round in 0..<20 {
                    let client = try Socket(.request, in: context)
                    try client.connect(endpoint)
                    for number in 0..<50 {
                        #expect(try client.send([[UInt8(round)], [UInt8(number)]]) == .sent)
                        #expect(try server.next() == [[UInt8(round)], [UInt8(number)]])
                        #expect(try server.send([[0]]) == .sent)
                        #expect(try client.next() == [[0]])
                    }
                    client.close()
                }
                server.close()
            }
        }
    }

    @Test func aContextEnds() throws {
        try withSignals {
            for _ in 0..<20 {
                let context = try Context()
                let socket = try Socket(.dealer, in: context)
                try socket.bind("tcp://127.0.0.1:*")
                socket.close()
                context.terminate()
            }
        }
    }
}
