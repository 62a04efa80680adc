import GossipWire
import Testing
import ZeroMQ

/// Another peer, as the node under test meets it: its ROUTER, in the test's hands.
final class FakePeer {
    let reference: PeerReference
    let socket: Socket
    private var lastSender: [UInt8] = []

    init(_ stage: Stage) throws {
        let (socket, endpoint) = try stage.bound(.router)
        self.socket = socket
        reference = try #require(PeerReference(endpoint))
    }

    /// Takes the next request; answers with what `reply` makes of it.
    @discardableResult
    func answer(_ reply: ([[UInt8]]) -> [[UInt8]]?) throws -> [[UInt8]] {
        let message = try #require(try socket.next())
        let request = Array(message.dropFirst())
        lastSender = message[0]
        if let frames = reply(request) { try send(frames) }
        return request
    }

    /// Says something to the node that asked last.
    func send(_ frames: [[UInt8]]) throws {
        #expect(try socket.send(to: lastSender, frames) == .sent)
    }

    /// The next request, which is not answered.
    func next() throws -> [[UInt8]] { try answer { _ in nil } }
}
