import Synchronization
import Testing
import ZeroMQ

/// How long a test waits for what must come. Only a failure takes that long.
let patience = Duration.seconds(20)

/// How long a test waits to see that nothing comes.
let silence = Duration.milliseconds(50)

/// Runs `body` with a context of its own and ends it: a socket left open would hang the test.
func withContext<Result>(_ body: (Context) throws -> Result) throws -> Result {
    let context = try Context()
    defer { context.terminate() }
    return try body(context)
}

/// The code of the error that `body` throws; nil if it throws none.
func code(_ body: () throws -> Void) -> ZeroMQError.Code? {
    do {
        try body()
        return nil
    } catch {
        return (error as? ZeroMQError)?.code
    }
}

extension Socket {
    /// The next message, or nil after a long wait.
    func next() throws -> [[UInt8]]? {
        try receive(timeout: patience)
    }
}

/// Calls `attempt` until it returns true, letting `socket` work in between; false after a long time.
func repeatedly(_ socket: Socket, _ attempt: () throws -> Bool) throws -> Bool {
    let deadline = MonotonicTime.now + patience
    while MonotonicTime.now < deadline {
        if try attempt() { return true }
        // A wait for what cannot come is a pause that ends early only if the socket breaks.
        _ = try socket.wait(for: .priority, until: .now + .milliseconds(2))
    }
    return false
}

/// An actor that lives on an event loop, for tests to run things there.
actor LoopActor {
    nonisolated let loop: EventLoop

    init(_ loop: EventLoop) {
        self.loop = loop
    }

    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    func run<Result: Sendable>(
        _ body: @Sendable (isolated LoopActor) throws -> Result
    ) rethrows -> Result {
        try body(self)
    }
}

extension EventLoop {
    /// Runs `body` on the loop's thread and returns what it returns.
    func perform<Result: Sendable>(_ body: @Sendable (EventLoop) throws -> Result) async rethrows -> Result {
        try await LoopActor(self).run { try body($0.loop) }
    }
}

/// A value that several pieces of a test on one event loop share.
///
/// Sendable on trust: touched on that loop's thread only, or when the loop has ended.
final class Box<Value>: @unchecked Sendable {
    var value: Value

    init(_ value: Value) {
        self.value = value
    }
}

/// Runs `body` with a loop of its own and a context, and ends both.
///
/// Sockets that `body` leaves open are closed when the loop drops their handlers, or hang the test.
func withLoop(_ body: (EventLoop, Context) async throws -> Void) async throws {
    let loop = try EventLoop(name: "test")
    let context = try Context()
    let result: Result<Void, any Error>
    do {
        result = .success(try await body(loop, context))
    } catch {
        result = .failure(error)
    }
    await loop.shutdown()
    context.terminate()
    try result.get()
}

/// Something that happens later, and that a test waits for: once, with a value.
final class Promise<Value: Sendable>: Sendable {
    private let stream: AsyncStream<Value>
    private let continuation: AsyncStream<Value>.Continuation

    init() {
        (stream, continuation) = AsyncStream.makeStream()
    }

    func fulfil(_ value: Value) {
        continuation.yield(value)
        continuation.finish()
    }

    /// The value; the test's time limit ends the wait for one that never comes.
    func value() async throws -> Value {
        for await value in stream { return value }
        throw CancellationError()
    }
}

/// Says to other threads that something has happened.
final class Flag: Sendable {
    private let value = Atomic(false)

    func raise() {
        value.store(true, ordering: .sequentiallyConsistent)
    }

    var isRaised: Bool { value.load(ordering: .sequentiallyConsistent) }
}

/// Asks on the loop's thread until there is an answer; an error after a long time.
func eventually<Answer: Sendable>(
    on loop: EventLoop, _ question: @Sendable (EventLoop) throws -> Answer?
) async throws -> Answer {
    let deadline = MonotonicTime.now + patience
    while MonotonicTime.now < deadline {
        if let answer = try await loop.perform(question) { return answer }
        // The loop has a turn, rather than being asked again at once.
        let hasTurned = Promise<Void>()
        await loop.perform { loop in _ = loop.schedule(after: .milliseconds(1)) { hasTurned.fulfil(()) } }
        try await hasTurned.value()
    }
    throw NeverHappened()
}

/// What a test waited for did not come.
struct NeverHappened: Error {}
