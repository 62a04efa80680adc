import CZeroMQ
import Synchronization

/// Tells what happens to a socket's links: connected, accepted, refused, lost.
///
/// Belongs to the socket's thread, which is its loop's. The loop keeps it running, and it and the socket alive, until
/// `stop()`, or until the socket is closed.
public final class SocketMonitor {
    /// Gives each monitor a name of its own among the `inproc` endpoints.
    private static let count = Atomic<Int>(0)

    private let socket: Socket
    private let channel: Socket
    private let handler: (SocketEvent) -> Void
    private var message = MultipartMessage()

    /// Starts to report. A socket has at most one monitor: stop it before starting another.
    ///
    /// - Parameters:
    ///   - socket: which to report on; it belongs to the loop's thread.
    ///   - kinds: what to report.
    ///   - loop: the loop whose thread this is.
    ///   - handler: called on the loop's thread. It may stop the monitor, and close the socket.
    public init(
        _ socket: Socket, kinds: SocketEvent.Kind = .all, on loop: EventLoop, handler: @escaping (SocketEvent) -> Void
    ) throws(ZeroMQError) {
        self.socket = socket
        self.handler = handler
        let number = Self.count.wrappingAdd(1, ordering: .relaxed).newValue
        let endpoint = "inproc://gotorrent-monitor-\(number)"
        channel = try Socket(.pair, in: socket.context)
        do throws(ZeroMQError) {
            // No bound: libzmq's I/O thread waits when the channel is full, holding a lock that closing the socket
            // wants as well. Events are small, and come at the pace of links.
            try channel.set(.receiveHighWaterMark, to: 0)
            // Reported always, as the sign to stop.
            let reported = Int32(kinds.union(.monitorStopped).rawValue)
            let pointer = socket.pointer
            try retryingInterrupts("monitor \(endpoint)") { zmq_socket_monitor(pointer, endpoint, reported) }
            try channel.connect(endpoint)
        } catch {
            stop()
            throw error
        }
        loop.add(channel, events: .readable) { _ in self.turn() }
    }

    deinit {
        stop()
    }

    /// Ends the reports: none comes once this has returned. Further calls do nothing.
    public func stop() {
        guard !channel.isClosed else { return }
        // In this order: an I/O thread that reports an event waits for as long as nobody is at the channel's other
        // end, and holds the lock that stopping wants.
        if let pointer = socket.pointer { zmq_socket_monitor(pointer, nil, 0) }
        channel.close()
    }

    private func turn() {
        do throws(ZeroMQError) {
            while !channel.isClosed, try channel.receive(into: &message) {
                guard let event = message.withFrames({ SocketEvent(frames: $0) }) else { continue }
                if event.kind == .monitorStopped {
                    // Sent when the socket closes, too: by then there is nothing to stop at its end.
                    channel.close()
                    return
                }
                handler(event)
            }
        } catch {
            channel.close()
        }
    }
}

extension SocketEvent {
    /// Reads libzmq's two frames: kind and value in this machine's byte order, then the endpoint.
    init?(frames: UnsafeBufferPointer<UnsafeRawBufferPointer>) {
        guard frames.count == 2, frames[0].count == 6 else { return nil }
        kind = Kind(rawValue: frames[0].loadUnaligned(as: UInt16.self))
        value = frames[0].loadUnaligned(fromByteOffset: 2, as: Int32.self)
        endpoint = String(decoding: frames[1], as: UTF8.self)
    }
}

/// A monitor is its loop's own.
@available(*, unavailable)
extension SocketMonitor: Sendable {}
