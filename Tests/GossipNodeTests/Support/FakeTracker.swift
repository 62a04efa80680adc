import GossipWire
import ZeroMQ

/// Answers as a tracker would, with members that the test names, and remembers what it was asked.
actor FakeTracker {
    struct State: Sendable {
        var requests: [TrackerRequest] = []
        var members: [PeerReference] = []
        var announceInterval: UInt32 = 10_000
        /// What is answered to everything instead.
        var nonsense: [[UInt8]]?

        var announced: PeerReference? {
            for case .announce(_, let reference) in requests { return reference }
            return nil
        }

        var announces: Int { requests.count { if case .announce = $0 { true } else { false } } }
        var questions: Int { requests.count { if case .getPeers = $0 { true } else { false } } }
        var leaves: Int { requests.count { if case .leave = $0 { true } else { false } } }
    }

    nonisolated let state = Watched(State())
    private nonisolated let loop: EventLoop
    private let context: Context
    private var socket: Socket?
    private var endpoint = "tcp://127.0.0.1:*"
    private var inbox = MultipartMessage()

    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    init(_ runtime: Runtime) {
        context = runtime.context
        loop = runtime.loop
    }

    /// - Returns: where it listens; after a stop the same place again.
    @discardableResult
    func start() throws -> String {
        let socket = try Socket(.reply, in: context)
        endpoint = try socket.bind(endpoint)
        self.socket = socket
        loop.add(socket, events: .readable) { [unowned self] _ in assumeIsolated { $0.answer() } }
        return endpoint
    }

    func stop() {
        // Unbinding waits until the port is free, as closing does not.
        try? socket?.unbind(endpoint)
        socket?.close()
        socket = nil
    }

    private func answer() {
        guard let socket, (try? socket.receive(into: &inbox)) == true,
            let request = inbox.withFrames({ try? TrackerRequest(WireFrames($0)) })
        else { return }
        let known = state.update { state in
            state.requests.append(request)
            return state
        }
        let reply: TrackerReply =
            switch request {
            case .announce:
                .announced(announceIntervalMilliseconds: known.announceInterval, peerTimeoutMilliseconds: 10_000)
            case .getPeers: .peers(known.members)
            case .leave: .left
            case .getMetafile, .getInfo: .error(code: "unknown-torrent", text: "a fake tracker has no metafiles")
            }
        _ = try? socket.send(known.nonsense ?? reply.frames)
    }
}
