import GossipCore
import ZeroMQ

/// A chunk's bytes on their way to a receiver; when they have left, the loop is told.
///
/// Sendable: the bytes are written once, before anyone else sees them, and freed by whoever releases the last reference.
final class OutgoingChunk: @unchecked Sendable {
    private let bytes: UnsafeMutableRawBufferPointer
    private let receiver: ReceiverID
    private let served: ServedChunks

    private init(count: Int, to receiver: ReceiverID, _ served: ServedChunks) {
        bytes = .allocate(byteCount: max(count, 1), alignment: 64)
        self.receiver = receiver
        self.served = served
    }

    deinit {
        bytes.deallocate()
        served.add(receiver)
    }

    /// A frame of `count` bytes that is not copied.
    /// - Parameter fill: writes the bytes.
    static func frame<Failure: Error>(
        _ count: Int, to receiver: ReceiverID, _ served: ServedChunks,
        _ fill: (UnsafeMutableRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) -> Message {
        let chunk = OutgoingChunk(count: count, to: receiver, served)
        let bytes = UnsafeMutableRawBufferPointer(rebasing: chunk.bytes[..<count])
        try fill(bytes)
        return Message(borrowing: chunk, buffer: UnsafeRawBufferPointer(bytes))
    }
}
