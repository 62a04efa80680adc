import Foundation
import Testing
import ZeroMQ

/// An actor that answers each request with its frames in reverse.
actor Reverser {
    private let loop: EventLoop
    private var socket: Socket?

    init(on loop: EventLoop) { self.loop = loop }

    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    /// - Returns: where it listens.
    func start(in context: Context) throws(ZeroMQError) -> String {
        let socket = try Socket(.reply, in: context)
        self.socket = socket
        let endpoint = try socket.bind("tcp://127.0.0.1:*")
        loop.add(socket, events: .readable) { [weak self] _ in
            self?.assumeIsolated { $0.answer() }
        }
        return endpoint
    }

    private func answer() {
        guard let socket, let frames = try? socket.receive(timeout: .zero) else { return }
        _ = try? socket.send(frames.reversed())
    }

    func stop() { socket?.close() }
}

@Suite struct DocumentedExampleTests {
    @Test(.timeLimit(.minutes(1))) func anActorAnswersOnItsLoop() async throws {
        let context = try Context()
        let loop = try EventLoop(name: "reverser")
        let reverser = Reverser(on: loop)
        let endpoint = try await reverser.start(in: context)
        #expect(try Self.ask(endpoint, [[1], [2]], in: context) == [[2], [1]])
        await reverser.stop()
        await loop.shutdown()
        context.terminate()
    }

    /// Asks from a thread of its own, as sockets belong to threads.
    private static func ask(_ endpoint: String, _ frames: [[UInt8]], in context: Context) throws -> [[UInt8]]? {
        let socket = try Socket(.request, in: context)
        defer { socket.close() }
        try socket.connect(endpoint)
        #expect(try socket.send(frames) == .sent)
        return try socket.receive(timeout: .seconds(30))
    }

    @Test func theDocumentationShowsThisCode() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let page = try String(
            contentsOf: root.appending(path: "Sources/ZeroMQ/ZeroMQ.docc/ZeroMQ.md"), encoding: .utf8)
        let block = try #require(page.components(separatedBy: "```swift\n").dropFirst().first)
        let code = block.components(separatedBy: "```")[0]
        #expect(try String(contentsOfFile: #filePath, encoding: .utf8).contains(code))
    }
}
