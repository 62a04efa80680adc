import GossipNode
import ZeroMQ

/// The test's own sockets, which live on a thread of their own: there a test may block, and nothing else waits with it.
final class Stage {
    let context: Context
    private var sockets: [Socket] = []

    fileprivate init(context: Context) {
        self.context = context
    }

    func socket(_ type: SocketType, maximumFrameSize: Int = Socket.defaultMaximumFrameSize) throws -> Socket {
        let socket = try Socket(type, in: context, maximumFrameSize: maximumFrameSize)
        sockets.append(socket)
        return socket
    }

    /// - Parameter identity: what a router names it by; libzmq's own choice where it is nil.
    func connected(_ type: SocketType, to endpoint: String, identity: [UInt8]? = nil) throws -> Socket {
        let socket = try socket(type)
        if let identity { try socket.set(.routingID, to: identity) }
        try socket.set(.reconnectInterval, to: .milliseconds(10))
        try socket.connect(endpoint)
        return socket
    }

    func bound(_ type: SocketType) throws -> (socket: Socket, endpoint: String) {
        let socket = try socket(type)
        return (socket, try socket.bind("tcp://127.0.0.1:*"))
    }

    /// An endpoint at which nobody listens.
    func vacantEndpoint() throws -> String {
        let (socket, endpoint) = try bound(.router)
        try socket.unbind(endpoint)
        socket.close()
        return endpoint
    }

    fileprivate func close() {
        for socket in sockets { socket.close() }
    }
}

/// The thread of a stage. What runs on it keeps the test's task, so that failures are the test's.
private actor StageThread {
    nonisolated let loop: EventLoop
    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    init(_ loop: EventLoop) {
        self.loop = loop
    }

    func run<Result: Sendable>(_ context: Context, _ body: @Sendable (Stage) throws -> Result) rethrows -> Result {
        let stage = Stage(context: context)
        defer { stage.close() }
        return try body(stage)
    }
}

/// One context and one event loop, for the nodes of one test.
struct Runtime: Sendable {
    let context: Context
    let loop: EventLoop
    let workers: WorkerPool

    static func with<Result: Sendable>(_ body: (Runtime) async throws -> Result) async throws -> Result {
        let runtime = Runtime(
            context: try Context(), loop: try EventLoop(name: "nodes"), workers: try WorkerPool(threadCount: 2))
        do {
            let result = try await body(runtime)
            await runtime.close()
            return result
        } catch {
            await runtime.close()
            throw error
        }
    }

    /// Runs the test's own part, which may block.
    func stage<Result: Sendable>(_ body: @Sendable (Stage) throws -> Result) async throws -> Result {
        let thread = try EventLoop(name: "stage")
        do {
            let result = try await StageThread(thread).run(context, body)
            await thread.shutdown()
            return result
        } catch {
            await thread.shutdown()
            throw error
        }
    }

    private func close() async {
        await loop.shutdown()
        context.terminate()
    }
}
