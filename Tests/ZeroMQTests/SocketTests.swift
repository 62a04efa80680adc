import Testing
import ZeroMQ

@Suite(.timeLimit(.minutes(5)))
struct SocketTests {
    @Test func bindingAWildcardNamesThePort() throws {
        try withContext { context in
            let socket = try Socket(.reply, in: context)
            defer { socket.close() }
            let endpoint = try socket.bind("tcp://127.0.0.1:*")
            #expect(endpoint.hasPrefix("tcp://127.0.0.1:"))
            #expect(Int(endpoint.split(separator: ":")[2]) ?? 0 > 0)
        }
    }

    @Test func aTakenPortIsAnErrorWithItsCodeAndEndpoint() throws {
        try withContext { context in
            let first = try Socket(.reply, in: context)
            let second = try Socket(.reply, in: context)
            defer { first.close() }
            defer { second.close() }
            let endpoint = try first.bind("tcp://127.0.0.1:*")
            let error = #expect(throws: ZeroMQError.self) { try second.bind(endpoint) }
            #expect(error == ZeroMQError(code: .addressInUse, operation: "bind \(endpoint)"))
            #expect(error?.description == "bind \(endpoint): Address already in use")
        }
    }

    @Test(arguments: ["tcp://127.0.0.1", "nonsense", "tcp://127.0.0.1:port", ""])
    func anEndpointThatMakesNoSenseIsRefused(endpoint: String) throws {
        try withContext { context in
            let socket = try Socket(.dealer, in: context)
            defer { socket.close() }
            #expect(throws: ZeroMQError.self) { try socket.bind(endpoint) }
            #expect(throws: ZeroMQError.self) { try socket.connect(endpoint) }
        }
    }

    @Test func requestAndReply() throws {
        try withContext { context in
            let server = try Socket(.reply, in: context)
            let client = try Socket(.request, in: context)
            defer { server.close() }
            defer { client.close() }
            try client.connect(server.bind("tcp://127.0.0.1:*"))
            #expect(try client.send([[1, 2], [3]]) == .sent)
            #expect(try server.next() == [[1, 2], [3]])
            #expect(try server.send([[4]]) == .sent)
            #expect(try client.next() == [[4]])
        }
    }

    @Test func speakingOutOfTurnIsAnError() throws {
        try withContext { context in
            let server = try Socket(.reply, in: context)
            defer { server.close() }
            try server.bind("inproc://turns")
            let error = #expect(throws: ZeroMQError.self) { try server.send([[1]]) }
            #expect(error?.code == .finiteStateMachine)
        }
    }

    @Test func subscribersGetWhatTheyAskedFor() throws {
        try withContext { context in
            let publisher = try Socket(.xpublish, in: context)
            let subscriber = try Socket(.subscribe, in: context)
            defer { publisher.close() }
            defer { subscriber.close() }
            try subscriber.connect(publisher.bind("tcp://127.0.0.1:*"))
            try subscriber.subscribe("tick")
            #expect(try publisher.next() == [[1] + Array("tick".utf8)])
            try publisher.send([Array("tock".utf8)])
            try publisher.send([Array("tick 1".utf8)])
            #expect(try subscriber.next() == [Array("tick 1".utf8)])
            try subscriber.unsubscribe("tick")
            #expect(try publisher.next() == [[0] + Array("tick".utf8)])
        }
    }

    @Test func aClosedSocketRefusesEverything() throws {
        try withContext { context in
            let socket = try Socket(.dealer, in: context)
            socket.close()
            socket.close()
            #expect(socket.isClosed)
            let closed = ZeroMQError.Code.notASocket
            #expect(code { _ = try socket.send([[1]]) } == closed)
            #expect(code { _ = try socket.receive(timeout: .zero) } == closed)
            #expect(code { _ = try socket.bind("inproc://closed") } == closed)
            #expect(code { try socket.set(.linger, to: nil) } == closed)
        }
    }

    @Test func eventsTellWhatIsPossible() throws {
        try withContext { context in
            let left = try Socket(.pair, in: context)
            let right = try Socket(.pair, in: context)
            defer { left.close() }
            defer { right.close() }
            try left.bind("inproc://events")
            #expect(try left.events == [])
            try right.connect("inproc://events")
            #expect(try left.events == .writable)
            try right.send([[1]])
            #expect(try left.events == [.readable, .writable])
        }
    }
}
