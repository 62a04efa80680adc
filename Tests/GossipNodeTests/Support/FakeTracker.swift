import GossipWire
import ZeroMQ

/// Answers as a tracker would, with members that the test names, and remembers what it was asked.
actor FakeTracker {
    struct State: Sendable {
        var requests: [TrackerRequest] = []
        var members: [PeerReference] = []

        var announced: PeerReference? {
            for case .announce(_, let reference) in requests { return reference }
            return nil
        }

        var questions: Int { requests.count { if case .getPeers = $0 { true } else { false } } }
        var leaves: Int { requests.count { if case .leave = $0 { true } else { false } } }
    }

    nonisolated let state = Watched(State())
    private nonisolated let loop: EventLoop
    private let context: Context
    private var socket: Socket?
    private var inbox = MultipartMessage()

    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    init(_ runtime: Runtime) {
        context = runtime.context
        loop = runtime.loop
    }

    /// - Returns: where it listens.
    func start() throws -> String {
        let socket = try Socket(.reply, in: context)
        self.socket = socket
        loop.add(socket, events: .readable) { [unowned self] _ in assumeIsolated { $0.answer() } }
        return try socket.bind("tcp://127.0.0.1:*")
    }

    func stop() {
        socket?.close()
        socket = nil
    }

    private func answer() {
        guard let socket, (try? socket.receive(into: &inbox)) == true,
            let request = inbox.withFrames({ try? TrackerRequest(WireFrames($0)) })
        else { return }
        let members = state.update { state in
            state.requests.append(request)
            return state.members
        }
        let reply: TrackerReply =
            switch request {
            case .announce: .announced(announceIntervalMilliseconds: 10_000, peerTimeoutMilliseconds: 10_000)
            case .getPeers: .peers(members)
            case .leave: .left
            }
        _ = try? socket.send(reply.frames)
    }
}
