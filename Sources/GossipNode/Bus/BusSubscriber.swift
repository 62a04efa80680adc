import GossipWire
import ZeroMQ

/// A message as it was heard on the bus.
package struct BusDelivery: Sendable {
    package let topic: String
    /// The JSON as it came.
    package let body: [UInt8]
    /// What it says; nil where it is none of the messages that we know.
    package let message: BusMessage?
}

/// Hears the whole bus; what monitors, tables and recorders stand on.
///
/// It only subscribes: nodes do not know of it, and a slow reader loses messages of its own and nobody else's.
package actor BusSubscriber {
    private static let messagesPerTurn = 256

    package nonisolated let deliveries: AsyncStream<BusDelivery>
    private nonisolated let loop: EventLoop
    private let continuation: AsyncStream<BusDelivery>.Continuation
    private let context: Context
    private let highWaterMark: Int
    private var socket: Socket?
    private var inbox = MultipartMessage()

    package nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    /// - Parameters:
    ///   - backlog: messages kept for a reader that is slow; then the oldest go.
    ///   - highWaterMark: messages that libzmq keeps where this process has no time for them; then new ones are lost.
    package init(context: Context, loop: EventLoop, backlog: Int = 65_536, highWaterMark: Int = 100_000) {
        self.context = context
        self.loop = loop
        self.highWaterMark = highWaterMark
        (deliveries, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(backlog))
    }

    /// Connects, and hears from then on what has one of these topic prefixes.
    ///
    /// The bus need not be there yet, and may go and come back.
    /// - Parameter credentials: of a secured swarm the subscriber's own keys, and the tracker's key; nil of an open one.
    package func start(
        endpoint: String, topics: [String] = [""], credentials: (own: CurveKeyPair, tracker: CurvePublicKey)? = nil
    ) throws(NodeError) {
        do throws(ZeroMQError) {
            let socket = try Socket(.subscribe, in: context, maximumFrameSize: BusLimit.frameSize)
            self.socket = socket
            try socket.set(.receiveHighWaterMark, to: highWaterMark)
            try socket.keepAlive()
            try socket.set(.reconnectIntervalMaximum, to: .seconds(1))
            if let credentials { try socket.secure(credentials.own, to: credentials.tracker) }
            for topic in topics { try socket.subscribe(topic) }
            try socket.connect(endpoint)
            loop.add(socket, events: .readable) { [unowned self] _ in assumeIsolated { $0.hear() } }
        } catch {
            stop()
            throw NodeError(.network, "cannot subscribe to \(endpoint): \(error)")
        }
    }

    /// Closes the socket and ends `deliveries`.
    package func stop() {
        socket?.close()
        socket = nil
        continuation.finish()
    }

    private func hear() {
        guard let socket else { return }
        for _ in 0..<Self.messagesPerTurn {
            guard (try? socket.receive(into: &inbox)) == true else { return }
            let delivery = inbox.withFrames { frames -> BusDelivery? in
                let frames = WireFrames(frames)
                guard frames.count == 2 else { return nil }
                return BusDelivery(
                    topic: String(decoding: frames[0], as: UTF8.self), body: frames.bytes(1),
                    message: BusMessage(frames))
            }
            if let delivery { continuation.yield(delivery) }
        }
    }
}
