import Testing
import ZeroMQ

@Suite struct SocketOptionTests {
    @Test(arguments: SocketType.allCases)
    func safeFromTheStart(type: SocketType) throws {
        try withContext { context in
            let socket = try Socket(type, in: context)
            defer { socket.close() }
            #expect(try socket.get(.linger) == Duration.zero)
            #expect(try socket.get(.maximumFrameSize) == Socket.defaultMaximumFrameSize)
            #expect(try socket.get(.ipv6) == false)
        }
    }

    @Test func whatIsSetIsReadBack() throws {
        try withContext { context in
            let socket = try Socket(.dealer, in: context, maximumFrameSize: 5_000_000_000)
            defer { socket.close() }
            #expect(try socket.get(.maximumFrameSize) == 5_000_000_000)
            try socket.set(.linger, to: nil)
            #expect(try socket.get(.linger) == nil)
            try socket.set(.linger, to: .microseconds(1_500))
            #expect(try socket.get(.linger) == .milliseconds(2))
            try socket.set(.immediate, to: true)
            #expect(try socket.get(.immediate))
            try socket.set(.routingID, to: Array("peer-1".utf8))
            #expect(try socket.get(.routingID) == Array("peer-1".utf8))
            try socket.set(.heartbeatInterval, to: .seconds(1))
            try socket.set(.heartbeatTimeout, to: .seconds(3))
            try socket.set(.heartbeatTimeToLive, to: .seconds(3))
            #expect(try socket.get(.heartbeatInterval) == .seconds(1))
            #expect(try socket.get(.heartbeatTimeout) == .seconds(3))
            #expect(try socket.get(.heartbeatTimeToLive) == .seconds(3))
            try socket.set(.sendHighWaterMark, to: 7)
            #expect(try socket.get(.sendHighWaterMark) == 7)
            try socket.set(.reconnectInterval, to: nil)
            #expect(try socket.get(.reconnectInterval) == nil)
            try socket.set(.tcpKeepalive, to: true)
            #expect(try socket.get(.tcpKeepalive))
            try socket.set(.zapDomain, to: "swarm")
            #expect(try socket.get(.zapDomain) == "swarm")
        }
    }

    @Test func whatMakesNoSenseIsRefused() throws {
        try withContext { context in
            let socket = try Socket(.dealer, in: context)
            defer { socket.close() }
            let error = #expect(throws: ZeroMQError.self) { try socket.set(.sendHighWaterMark, to: -1) }
            #expect(error == ZeroMQError(code: .invalidArgument, operation: "set SNDHWM to -1"))
            #expect(throws: ZeroMQError.self) { try socket.set(.sendHighWaterMark, to: 1 << 40) }
            #expect(throws: ZeroMQError.self) { try socket.set(.linger, to: .seconds(-1)) }
            #expect(throws: ZeroMQError.self) { try socket.set(.linger, to: .seconds(1 << 40)) }
            #expect(throws: ZeroMQError.self) { try socket.set(.routingID, to: []) }
            #expect(throws: ZeroMQError.self) { try socket.set(.requestRelaxed, to: true) }
        }
    }
}
