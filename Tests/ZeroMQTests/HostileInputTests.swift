import Testing
import ZeroMQ

/// What strangers may send: it is dropped, and the next one is served.
@Suite(.timeLimit(.minutes(5)))
struct HostileInputTests {
    @Test func aFrameBeyondTheBoundCostsItsSenderTheLinkAndNothingElse() throws {
        try withContext { context in
            let router = try Socket(.router, in: context, maximumFrameSize: 1_000)
            let polite = try Socket(.dealer, in: context)
            let rude = try Socket(.dealer, in: context)
            defer { for socket in [router, polite, rude] { socket.close() } }
            let endpoint = try router.bind("tcp://127.0.0.1:*")
            try polite.set(.routingID, to: [1])
            try rude.set(.routingID, to: [2])
            try rude.set(.reconnectInterval, to: .milliseconds(10))
            for client in [polite, rude] {
                try client.connect(endpoint)
                try client.send([[0]])
            }
            var greeted: [[[UInt8]]?] = []
            for _ in 0..<2 { greeted.append(try router.next()) }
            #expect(greeted.contains([[1], [0]]) && greeted.contains([[2], [0]]))

            try rude.send([[1], [UInt8](repeating: 0, count: 1_001)])
            #expect(try repeatedly(router) { try router.send(to: [2], [[3]]) == .unreachable })
            try polite.send([[UInt8](repeating: 4, count: 1_000)])
            #expect(try router.next() == [[1], [UInt8](repeating: 4, count: 1_000)])
            #expect(try router.send(to: [1], [[5]]) == .sent)
            #expect(try polite.next() == [[5]])
            // It may come back, and behave.
            #expect(try repeatedly(rude) { try rude.send([[6]]) == .sent })
            #expect(try router.next() == [[2], [6]])
        }
    }

    static let withoutDelimiter: [[[UInt8]]] = [
        [[1]], [[1], [2]], [[1], [2], [3]], [(0..<200).map { UInt8($0) }],
    ]

    @Test(arguments: ["inproc://malformed", "tcp://127.0.0.1:*"], withoutDelimiter)
    func aReplierDropsARequestWithoutItsDelimiter(endpoint: String, frames: [[UInt8]]) throws {
        try withContext { context in
            let server = try Socket(.reply, in: context)
            let stranger = try Socket(.dealer, in: context)
            let client = try Socket(.request, in: context)
            defer { for socket in [server, stranger, client] { socket.close() } }
            let address = try server.bind(endpoint)
            try stranger.connect(address)
            for _ in 0..<3 { try stranger.send(frames) }
            #expect(try server.receive(timeout: silence) == nil)
            try client.connect(address)
            try client.send([[7]])
            #expect(try server.next() == [[7]])
            #expect(try server.send([[8]]) == .sent)
            #expect(try client.next() == [[8]])
            // The stranger too, once it does as it should.
            try stranger.send([[], [9]])
            #expect(try server.next() == [[9]])
            #expect(try server.send([[10]]) == .sent)
            #expect(try stranger.next() == [[], [10]])
        }
    }

    @Test(arguments: ["inproc://gone", "tcp://127.0.0.1:*"])
    func aReplierSurvivesClientsThatAreGoneBeforeTheReply(endpoint: String) throws {
        try withContext { context in
            let server = try Socket(.reply, in: context)
            defer { server.close() }
            let address = try server.bind(endpoint)
            for number in 0..<20 {
                let client = try Socket(.request, in: context)
                try client.connect(address)
                try client.send([[UInt8(number)]])
                #expect(try server.next() == [[UInt8(number)]])
                client.close()
                #expect(try server.send([[0]]) == .sent)
            }
            let client = try Socket(.request, in: context)
            defer { client.close() }
            try client.connect(address)
            try client.send([[99]])
            #expect(try server.next() == [[99]])
            try server.send([[100]])
            #expect(try client.next() == [[100]])
        }
    }

    @Test func aRouterSurvivesAnyShapeOfMessage() throws {
        try withContext { context in
            let server = try Socket(.router, in: context)
            let stranger = try Socket(.dealer, in: context)
            defer { server.close() }
            defer { stranger.close() }
            try stranger.set(.routingID, to: [7])
            try stranger.connect(server.bind("tcp://127.0.0.1:*"))
            for frames in MultipartMessageTests.shapes {
                try stranger.send(frames)
                #expect(try server.receive(timeout: patience, maximumFrames: 100) == [[7]] + frames)
            }
        }
    }

    @Test func bytesThatAreNoProtocolAreDropped() async throws {
        // A raw TCP client: libzmq's own PAIR is refused by a ROUTER in the handshake, which is as close to it as
        // this library's own means come.
        try withContext { context in
            let server = try Socket(.router, in: context)
            let misfit = try Socket(.pair, in: context)
            let client = try Socket(.dealer, in: context)
            defer { for socket in [server, misfit, client] { socket.close() } }
            let endpoint = try server.bind("tcp://127.0.0.1:*")
            try misfit.connect(endpoint)
            _ = try misfit.send([[1]])
            try client.connect(endpoint)
            try client.send([[2]])
            #expect(try server.next()?.last == [2])
        }
    }
}
