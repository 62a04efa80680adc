import CZeroMQ

/// An option of a socket together with the type of its value, so that a number cannot be set where a flag belongs.
///
/// The ones named here are those this project uses. A missing one can be added by its code: libzmq's header has them
/// all. RCVTIMEO and SNDTIMEO are absent, since no call of this wrapper waits inside libzmq.
public struct SocketOption<Value: SocketOptionValue>: Sendable {
    /// libzmq's number for it.
    public let code: Int32

    /// libzmq's name for it, for messages to people.
    public let name: String

    /// Bytes: what libzmq insists on for numbers and keys, the most there can be for texts.
    public let size: Int

    public init(code: Int32, name: String, size: Int) {
        self.code = code
        self.name = name
        self.size = size
    }

    /// An option that libzmq keeps in a C `int`, as most are.
    init(_ code: Int32, _ name: String) {
        self.init(code: code, name: name, size: MemoryLayout<Int32>.size)
    }
}
