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
