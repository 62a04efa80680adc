import CZeroMQ

/// One message on its way out, frame by frame, and the rule that one begun is always finished.
///
/// When the link under a multipart dies, libzmq answers EAGAIN and swallows what follows up to the last frame. Stop
/// there, and it would swallow the next message instead. So after the first frame all are given, whatever it says.
struct OutgoingMultipart {
    private let socket: UnsafeMutableRawPointer?
    private var hasBegun = false
    private(set) var outcome = SendOutcome.sent

    init(on socket: UnsafeMutableRawPointer?) {
        self.socket = socket
    }

    /// Gives the next frame, by copy. False when the message was refused at its first frame: give no more.
    mutating func append(_ frame: UnsafeRawBufferPointer, more: Bool) throws(ZeroMQError) -> Bool {
        try append(more: more) { socket, flags in zmq_send(socket, frame.baseAddress, frame.count, flags) }
    }

    /// Gives the next frame, emptying it if it is taken. False as above.
    mutating func append(moving frame: UnsafeMutablePointer<zmq_msg_t>, more: Bool) throws(ZeroMQError) -> Bool {
        try append(more: more) { socket, flags in zmq_msg_send(frame, socket, flags) }
    }

    private mutating func append(
        more: Bool, _ send: (UnsafeMutableRawPointer?, Int32) -> Int32
    ) throws(ZeroMQError) -> Bool {
        while send(socket, ZMQ_DONTWAIT | (more ? ZMQ_SNDMORE : 0)) == -1 {
            let code = ZeroMQError.Code.last
            switch code {
            case .interrupted: continue
            case .again: outcome = .wouldBlock
            case .hostUnreachable: outcome = .unreachable
            default: throw ZeroMQError(code: code, operation: "send")
            }
            return hasBegun
        }
        hasBegun = true
        return true
    }
}
