import Testing
import ZeroMQ

/// Sockets that try every port of a secured swarm, and say whether any of them heard anything.
struct Probe: Sendable {
    /// How long nothing must come. Those with a right key, who are tried after, hear something sooner.
    private static let silence = Duration.milliseconds(500)
    private static let patience = Duration.seconds(20)

    /// Where a swarm listens, and the keys there.
    struct Ports: Sendable {
        let requests, busSubscribe, busPublish, peer: String
        let tracker, seed: CurvePublicKey
        let torrent: [UInt8]
    }

    let ports: Ports

    /// Asks the tracker and a peer, and listens to the bus, with a key or without.
    /// - Parameter isPatient: whether to wait long for an answer, as where one must come.
    /// - Returns: which of the three said anything.
    func ask(_ keys: CurveKeyPair?, isPatient: Bool) async throws -> (tracker: Bool, bus: Bool, peer: Bool) {
        try await onOwnThread { context in
            let sign = Array("GT1".utf8)
            let tracker = try socket(.request, ports.requests, ports.tracker, keys, context)
            let bus = try socket(.subscribe, ports.busSubscribe, ports.tracker, keys, context)
            let peer = try socket(.dealer, ports.peer, ports.seed, keys, context)
            defer { for socket in [tracker, bus, peer] { socket.close() } }
            try bus.subscribe("")
            try tracker.send([sign, Array("get_peers".utf8), ports.torrent])
            let (cycle, chunk) = ([UInt8](repeating: 0, count: 8), [UInt8](repeating: 0, count: 4))
            try peer.send([sign, Array("pull".utf8), ports.torrent, cycle, chunk])
            let time = isPatient ? Self.patience : Self.silence
            return (
                try tracker.receive(timeout: time) != nil, try bus.receive(timeout: time) != nil,
                try peer.receive(timeout: time) != nil
            )
        }
    }

    /// Publishes an event on the bus, over and over for a while, under the torrent's name.
    /// - Parameter word: the node that it says it is from.
    func publish(_ keys: CurveKeyPair?, as word: String, times: Int) async throws {
        try await onOwnThread { context in
            let publisher = try socket(.publish, ports.busPublish, ports.tracker, keys, context)
            defer { publisher.close() }
            for _ in 0..<times {
                try publisher.send([Array("event.00.\(word)".utf8), Array(#"{"event":"joined"}"#.utf8)])
                // A publish socket never becomes readable: this is a pause.
                _ = try publisher.wait(for: .priority, until: .now + .milliseconds(20))
            }
        }
    }

    private func socket(
        _ type: SocketType, _ endpoint: String, _ server: CurvePublicKey, _ keys: CurveKeyPair?, _ context: Context
    ) throws -> Socket {
        let socket = try Socket(type, in: context)
        if let keys { try socket.setCurveClient(keys, server: server) }
        try socket.connect(endpoint)
        return socket
    }

    /// Sockets belong to a thread, and tasks do not stay on theirs.
    private func onOwnThread<Result: Sendable>(
        _ body: @Sendable (Context) throws -> Result
    ) async throws -> Result {
        let (loop, context) = (try EventLoop(name: "probe"), try Context())
        let result: Swift.Result<Result, any Error>
        do {
            result = .success(try await Thread(loop).run(context, body))
        } catch {
            result = .failure(error)
        }
        await loop.shutdown()
        context.terminate()
        return try result.get()
    }

    private actor Thread {
        nonisolated let loop: EventLoop
        nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

        init(_ loop: EventLoop) {
            self.loop = loop
        }

        func run<Result: Sendable>(
            _ context: Context, _ body: @Sendable (Context) throws -> Result
        ) throws -> Result { try body(context) }
    }
}
