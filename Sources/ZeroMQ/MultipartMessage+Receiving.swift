import CZeroMQ

extension MultipartMessage {
    /// Receives a whole message without waiting; false, and empty, when there is none.
    ///
    /// Frames beyond `maximumFrames` are read and dropped, to the message's end. libzmq itself has buffered all of
    /// them by then: it hands a multipart over whole or not at all, so this bounds our work, not its memory.
    mutating func receive(from socket: UnsafeMutableRawPointer?, maximumFrames: Int) throws(ZeroMQError) -> Bool {
        precondition(maximumFrames > 0, "a message has at least one frame")
        removeAll()
        do throws(ZeroMQError) {
            var more = true
            while more && count < maximumFrames {
                if count == capacity { grow() }
                // Only a message's first frame can be missing: had a link died half-way, libzmq would have dropped
                // the beginning. Should it ever hand out a half, then the half is dropped here.
                guard try Self.receiveFrame(frames + count, from: socket) else {
                    removeAll()
                    return false
                }
                more = zmq_msg_more(frames + count) != 0
                count += 1
            }
            if more {
                try Self.dropRest(of: socket)
                wasTruncated = true
            }
        } catch {
            removeAll()
            throw error
        }
        // Only now: small frames live inside their zmq_msg_t, which growing has moved.
        for index in 0..<count {
            let frame = frames + index
            (views + index).initialize(
                to: UnsafeRawBufferPointer(start: zmq_msg_data(frame), count: zmq_msg_size(frame)))
        }
        return true
    }

    /// Reads on to the end of the present message and keeps nothing.
    private static func dropRest(of socket: UnsafeMutableRawPointer?) throws(ZeroMQError) {
        var frame = zmq_msg_t()
        zmq_msg_init(&frame)
        defer { zmq_msg_close(&frame) }
        while try receiveFrame(&frame, from: socket), zmq_msg_more(&frame) != 0 {}
    }

    /// Receives one frame in place of what `frame` held; false when there is none.
    private static func receiveFrame(
        _ frame: UnsafeMutablePointer<zmq_msg_t>, from socket: UnsafeMutableRawPointer?
    ) throws(ZeroMQError) -> Bool {
        while zmq_msg_recv(frame, socket, ZMQ_DONTWAIT) == -1 {
            let code = ZeroMQError.Code.last
            if code == .again { return false }
            if code != .interrupted { throw ZeroMQError(code: code, operation: "receive") }
        }
        return true
    }

    /// Doubles the storage, moving what was received so far the way libzmq wants it moved.
    private mutating func grow() {
        let larger = Self.emptyFrames(capacity * 2)
        for index in 0..<capacity {
            zmq_msg_move(larger + index, frames + index)
            zmq_msg_close(frames + index)
        }
        frames.deallocate()
        views.deallocate()
        capacity *= 2
        frames = larger
        views = .allocate(capacity: capacity)
    }

    /// Storage in which every place is a valid empty frame.
    static func emptyFrames(_ capacity: Int) -> UnsafeMutablePointer<zmq_msg_t> {
        let frames = UnsafeMutablePointer<zmq_msg_t>.allocate(capacity: capacity)
        for index in 0..<capacity {
            (frames + index).initialize(to: zmq_msg_t())
            zmq_msg_init(frames + index)
        }
        return frames
    }

    /// Gives the frame's bytes back.
    static func empty(_ frame: UnsafeMutablePointer<zmq_msg_t>) {
        zmq_msg_close(frame)
        zmq_msg_init(frame)
    }
}
