import ZeroMQ

/// A chunk's bytes on their way to a receiver; it says when they have left.
///
/// Sendable: the bytes are written once, before anyone else sees them, and freed by whoever releases the last reference.
final class OutgoingChunk: @unchecked Sendable {
    private let bytes: UnsafeMutableRawBufferPointer
    private let onTaken: @Sendable () -> Void

    private init(count: Int, _ onTaken: @escaping @Sendable () -> Void) {
        bytes = .allocate(byteCount: max(count, 1), alignment: 64)
        self.onTaken = onTaken
    }

    deinit {
        bytes.deallocate()
        onTaken()
    }

    /// A frame of `count` bytes that is not copied.
    /// - Parameters:
    ///   - onTaken: called when the bytes are released, sent or not, on any thread; quick.
    ///   - fill: writes the bytes.
    static func frame<Failure: Error>(
        _ count: Int, _ onTaken: @escaping @Sendable () -> Void,
        _ fill: (UnsafeMutableRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) -> Message {
        let chunk = OutgoingChunk(count: count, onTaken)
        let bytes = UnsafeMutableRawBufferPointer(rebasing: chunk.bytes[..<count])
        try fill(bytes)
        return Message(borrowing: chunk, buffer: UnsafeRawBufferPointer(bytes))
    }
}
