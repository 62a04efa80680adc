import CZeroMQ

/// The frames of a received message, in storage that is used again for the next one: receiving allocates nothing.
///
/// Filled by `Socket.receive(into:)`, which replaces what was there. Bytes are valid until then, or `removeAll()`.
public struct MultipartMessage: ~Copyable {
    /// Frames held.
    public internal(set) var count = 0

    /// Whether the sender had more frames than were asked for. The rest was dropped.
    public internal(set) var wasTruncated = false

    var capacity: Int
    /// `capacity` of them, each always a valid `zmq_msg_t`; those from `count` on are empty.
    var frames: UnsafeMutablePointer<zmq_msg_t>
    /// Where the bytes of the first `count` frames are.
    var views: UnsafeMutablePointer<UnsafeRawBufferPointer>

    /// A buffer that grows when a message has more than `capacity` frames.
    public init(capacity: Int = 8) {
        precondition(capacity > 0, "a message has at least one frame")
        self.capacity = capacity
        frames = Self.emptyFrames(capacity)
        views = .allocate(capacity: capacity)
    }

    deinit {
        for index in 0..<capacity { zmq_msg_close(frames + index) }
        frames.deallocate()
        views.deallocate()
    }

    public var isEmpty: Bool { count == 0 }

    /// Calls `body` with the frames, which are valid until it returns and must not be kept.
    public borrowing func withFrames<Result: ~Copyable, Failure: Error>(
        _ body: (UnsafeBufferPointer<UnsafeRawBufferPointer>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(UnsafeBufferPointer(start: views, count: count))
    }

    /// The frames as arrays of their own.
    public borrowing func copyFrames() -> [[UInt8]] {
        withFrames { frames in frames.map { Array($0) } }
    }

    /// Moves one frame out without copying, as for hashing a chunk elsewhere; an empty one stays in its place.
    public mutating func takeFrame(at index: Int) -> Message {
        precondition(index >= 0 && index < count, "there is no frame \(index) among \(count)")
        let message = Message(moving: frames + index)
        views[index] = UnsafeRawBufferPointer(start: zmq_msg_data(frames + index), count: 0)
        return message
    }

    /// Gives the frames' memory back, and keeps the storage for the next message.
    public mutating func removeAll() {
        for index in 0..<count { Self.empty(frames + index) }
        count = 0
        wasTruncated = false
    }
}
