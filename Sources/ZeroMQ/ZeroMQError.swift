import CZeroMQ

/// What libzmq refused, and in which call.
///
/// `EAGAIN` and `EINTR` never arrive this way from sending or receiving: the first is a value (`false`,
/// `.wouldBlock`), the second is retried inside.
public struct ZeroMQError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The error number libzmq set.
    public var code: Code

    /// What was tried, with its argument, as in `bind tcp://*:6969`.
    public var operation: String

    public init(code: Code, operation: String) {
        self.code = code
        self.operation = operation
    }

    /// The operation, then libzmq's own words for the code.
    public var description: String {
        "\(operation): \(code)"
    }
}

/// Makes a libzmq call that reports failure as -1, again for as long as a signal interrupts it.
///
/// Throws what the call set, named after `operation`, which is built only then.
@discardableResult
func retryingInterrupts(
    _ operation: @autoclosure () -> String, _ call: () -> Int32
) throws(ZeroMQError) -> Int32 {
    while true {
        let result = call()
        if result != -1 { return result }
        let code = ZeroMQError.Code.last
        if code != .interrupted { throw ZeroMQError(code: code, operation: operation()) }
    }
}
