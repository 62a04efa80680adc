import Foundation
import ZeroMQ

/// How long a test waits for what must come. Only a failure takes that long.
let patience = Duration.seconds(30)

/// How long a test waits to see that nothing comes.
let silence = Duration.milliseconds(50)

/// A value that one thread changes and another waits on.
///
/// Sendable: `value` is touched under the condition's lock only.
final class Watched<Value: Sendable>: @unchecked Sendable {
    private let condition = NSCondition()
    private var value: Value

    init(_ value: Value) {
        self.value = value
    }

    var current: Value { condition.withLock { value } }

    @discardableResult
    func update<Result>(_ body: (inout Value) throws -> Result) rethrows -> Result {
        try condition.withLock {
            defer { condition.broadcast() }
            return try body(&value)
        }
    }

    /// Blocks until the value is as wanted; false after a long time. Not on a thread of the pool.
    func wait(until isAsWanted: (Value) -> Bool) -> Bool {
        let deadline = Date(timeIntervalSinceNow: 30)
        return condition.withLock {
            while !isAsWanted(value) {
                guard condition.wait(until: deadline) else { return isAsWanted(value) }
            }
            return true
        }
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
