import Testing
import ZeroMQ

@Suite(.timeLimit(.minutes(5)))
struct CurveTests {
    @Test func keysAreNewEachTimeAndReadBack() throws {
        let keys = try CurveKeyPair.generate()
        #expect(try CurveKeyPair.generate() != keys)
        #expect(try CurveKeyPair(secretKey: keys.secretKey) == keys)
        #expect(CurvePublicKey(z85: keys.publicKey.z85) == keys.publicKey)
        #expect(CurvePublicKey(bytes: keys.publicKey.bytes) == keys.publicKey)
        #expect(keys.publicKey.z85.count == 40)
    }

    @Test(arguments: ["", "short", String(repeating: "0", count: 39), String(repeating: "~", count: 40), "ä"])
    func whatIsNoKeyIsRefused(text: String) {
        #expect(CurvePublicKey(z85: text) == nil)
        #expect(CurvePublicKey(bytes: Array(text.utf8)) == nil)
    }

    @Test func z85IsTheOneOfItsSpecification() {
        let bytes: [UInt8] = [0x86, 0x4F, 0xD2, 0x6F, 0xB5, 0x59, 0xF7, 0x5B]
        #expect(Z85.encode(bytes) == "HelloWorld")
        #expect(Z85.decode("HelloWorld") == bytes)
    }

    @Test func aSecretKeyDoesNotShowItself() throws {
        let keys = try CurveKeyPair.generate()
        var dumped = ""
        dump(keys.secretKey, to: &dumped)
        for text in [String(describing: keys.secretKey), String(reflecting: keys.secretKey), "\(keys)", dumped] {
            #expect(!text.contains(keys.secretKey.z85))
            #expect(!text.contains("\(keys.secretKey.bytes[0]), \(keys.secretKey.bytes[1])"))
        }
    }

    @Test func linksThatKnowTheKeyPass() throws {
        try withContext { context in
            let keys = try CurveKeyPair.generate()
            let server = try Socket(.reply, in: context)
            let client = try Socket(.request, in: context)
            defer { server.close() }
            defer { client.close() }
            try server.setCurveServer(keys)
            try client.setCurveClient(CurveKeyPair.generate(), server: keys.publicKey)
            #expect(try client.get(.curveServerKey) == keys.publicKey)
            try client.connect(server.bind("tcp://127.0.0.1:*"))
            try client.send([[1]])
            #expect(try server.next() == [[1]])
        }
    }

    /// A server that only one key may connect to, and what it received and refused.
    private actor Fortress {
        nonisolated let loop: EventLoop
        private var sockets: [Socket] = []
        private var guardian: Authenticator?
        private(set) var requests: [AuthenticationRequest] = []
        private(set) var received: [(userID: String?, address: String?, frame: [UInt8]?)] = []
        private(set) var events: [SocketEvent] = []

        nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

        init(loop: EventLoop) {
            self.loop = loop
        }

        func open(_ context: Context, keys: CurveKeyPair, friend: CurvePublicKey) throws -> String {
            guardian = try Authenticator(in: context, on: loop) { request in
                self.requests.append(request)
                guard let key = request.publicKey, key == friend else { return .deny }
                return .allow(userID: key.z85)
            }
            let server = try Socket(.router, in: context)
            sockets.append(server)
            try server.setCurveServer(keys)
            try server.set(.zapDomain, to: "swarm")
            _ = try SocketMonitor(server, on: loop) { self.events.append($0) }
            loop.add(server, events: .readable) { _ in
                var message = MultipartMessage()
                while (try? server.receive(into: &message)) == true {
                    self.received.append((message.userID, message.peerAddress, message.copyFrames().last))
                }
            }
            return try server.bind("tcp://127.0.0.1:*")
        }

        func close() {
            for socket in sockets { socket.close() }
            guardian?.stop()
        }

        var deniedCount: Int { guardian?.deniedCount ?? 0 }
    }

    /// Opens a client on the calling actor, which keeps it.
    private func connect(
        _ loop: EventLoop, _ context: Context, _ endpoint: String, _ keys: (own: CurveKeyPair, server: CurvePublicKey)?,
        saying frame: [UInt8], keptIn sockets: Box<[Socket]>
    ) async throws {
        try await loop.perform { _ in
            let client = try Socket(.dealer, in: context)
            sockets.value.append(client)
            try client.set(.reconnectInterval, to: nil)
            if let keys { try client.setCurveClient(keys.own, server: keys.server) }
            try client.connect(endpoint)
            try client.send([frame])
        }
    }

    @Test func strangersAreShutOutAndFriendsAreKnownByTheirKey() async throws {
        try await withLoop { loop, context in
            let keys = try CurveKeyPair.generate()
            let friend = try CurveKeyPair.generate()
            let stranger = try CurveKeyPair.generate()
            let fortress = Fortress(loop: loop)
            let clients = Box<[Socket]>([])
            let endpoint = try await fortress.open(context, keys: keys, friend: friend.publicKey)

            try await connect(loop, context, endpoint, (stranger, keys.publicKey), saying: [1], keptIn: clients)
            try await connect(loop, context, endpoint, nil, saying: [2], keptIn: clients)
            try await connect(loop, context, endpoint, (friend, stranger.publicKey), saying: [3], keptIn: clients)
            while await fortress.deniedCount < 1 { try await Task.checkedYield() }
            while await !fortress.events.contains(where: { $0.kind == .handshakeFailedProtocol }) {
                try await Task.checkedYield()
            }
            try await connect(loop, context, endpoint, (friend, keys.publicKey), saying: [4], keptIn: clients)
            while await fortress.received.isEmpty { try await Task.checkedYield() }

            let received = await fortress.received
            #expect(received.count == 1)
            #expect(received.first?.frame == [4])
            #expect(received.first?.userID == friend.publicKey.z85)
            #expect(received.first?.address == "127.0.0.1")
            let requests = await fortress.requests
            #expect(requests.map(\.publicKey) == [stranger.publicKey, friend.publicKey])
            #expect(requests.allSatisfy { $0.domain == "swarm" && $0.address == "127.0.0.1" })
            await loop.perform { _ in for client in clients.value { client.close() } }
            await fortress.close()
        }
    }
}

extension Task where Success == Never, Failure == Never {
    /// Lets others run; throws once the test's time is over.
    static func checkedYield() async throws {
        try Task.checkCancellation()
        await Task.yield()
    }
}
