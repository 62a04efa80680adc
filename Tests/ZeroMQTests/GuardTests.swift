import Testing
import ZeroMQ

/// Sockets that are closed to all whom an authenticator does not let in.
@Suite(.timeLimit(.minutes(5)))
struct GuardTests {
    /// A guarded router, and what came to it.
    private actor Gatehouse {
        nonisolated let loop: EventLoop
        private let context: Context
        private var server: Socket?
        private var client: Socket?
        private var authenticator: Authenticator?
        private var decision = Authenticator.Decision.denyForNow
        private(set) var received: [String?] = []

        nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

        init(_ loop: EventLoop, _ context: Context) {
            self.loop = loop
            self.context = context
        }

        func open(_ keys: CurveKeyPair) throws -> String {
            let server = try Socket(.router, in: context)
            self.server = server
            try server.setCurveServer(keys, guarding: "yard")
            loop.add(server, events: .readable) { _ in
                var message = MultipartMessage()
                while (try? server.receive(into: &message)) == true { self.received.append(message.userID) }
            }
            return try server.bind("tcp://127.0.0.1:*")
        }

        func startAuthenticator() throws {
            authenticator = try Authenticator(in: context, on: loop) { _ in self.decision }
        }

        func decide(_ decision: Authenticator.Decision) { self.decision = decision }

        func knock(at endpoint: String, _ own: CurveKeyPair, _ server: CurvePublicKey) throws {
            let client = try Socket(.dealer, in: context)
            self.client = client
            try client.set(.reconnectInterval, to: .milliseconds(10))
            try client.set(.handshakeInterval, to: .milliseconds(500))
            try client.setCurveClient(own, server: server)
            try client.connect(endpoint)
            try client.send([[1]])
        }

        func close() {
            client?.close()
            server?.close()
            authenticator?.stop()
        }

        var deniedCount: Int { authenticator?.deniedCount ?? 0 }
    }

    @Test func whereThereIsNobodyToAskWhoComesInHasNoName() async throws {
        try await withLoop { loop, context in
            let keys = try CurveKeyPair.generate()
            let house = Gatehouse(loop, context)
            let endpoint = try await house.open(keys)
            try await house.knock(at: endpoint, CurveKeyPair.generate(), keys.publicKey)
            while await house.received.isEmpty { try await Task.checkedYield() }
            #expect(await house.received == [nil])
            await house.close()
        }
    }

    @Test func whoIsRefusedForNowComesInLaterByItself() async throws {
        try await withLoop { loop, context in
            let (keys, friend) = (try CurveKeyPair.generate(), try CurveKeyPair.generate())
            let house = Gatehouse(loop, context)
            try await house.startAuthenticator()
            let endpoint = try await house.open(keys)
            try await house.knock(at: endpoint, friend, keys.publicKey)
            while await house.deniedCount < 2 { try await Task.checkedYield() }
            #expect(await house.received.isEmpty)
            await house.decide(.allow(userID: "friend"))
            while await house.received.isEmpty { try await Task.checkedYield() }
            #expect(await house.received == ["friend"])
            await house.close()
        }
    }

    @Test func aProxyPassesOnWhatThoseItAdmitsSay() async throws {
        try await withLoop { loop, context in
            let (keys, friend, guest) = (
                try CurveKeyPair.generate(), try CurveKeyPair.generate(), try CurveKeyPair.generate()
            )
            let street = Street(loop, context)
            try await street.open(keys, friend: friend.publicKey)
            try await street.speak(friend, guest)
            while await street.heard.count < 3 { try await Task.checkedYield() }
            #expect(await street.heard.allSatisfy { $0 == Array("friend".utf8) })
            while await street.refusedCount < 3 { try await Task.checkedYield() }
            await street.close()
        }
    }

    /// A proxy whose publishers must be named "friend", two publishers, and a subscriber.
    private actor Street {
        nonisolated let loop: EventLoop
        private let context: Context
        private var keys: CurveKeyPair?
        private var proxy: Proxy?
        private var authenticator: Authenticator?
        private var sockets: [Socket] = []
        private var endpoints: (publish: String, subscribe: String) = ("", "")
        private(set) var heard: [[UInt8]] = []

        nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

        init(_ loop: EventLoop, _ context: Context) {
            self.loop = loop
            self.context = context
        }

        var refusedCount: Int { proxy?.refusedCount ?? 0 }

        func open(_ keys: CurveKeyPair, friend: CurvePublicKey) throws {
            self.keys = keys
            authenticator = try Authenticator(in: context, on: loop) { request in
                .allow(userID: request.publicKey == friend ? "friend" : "guest")
            }
            let publishers = try Socket(.xsubscribe, in: context)
            let subscribers = try Socket(.xpublish, in: context)
            try publishers.setCurveServer(keys, guarding: "street")
            endpoints = (try publishers.bind("tcp://127.0.0.1:*"), try subscribers.bind("tcp://127.0.0.1:*"))
            var options = Proxy.Options()
            options.subscribesToEverything = true
            options.admits = { $0 == "friend" }
            proxy = try Proxy(from: publishers, to: subscribers, on: loop, options: options)
            let subscriber = try Socket(.subscribe, in: context)
            sockets.append(subscriber)
            try subscriber.subscribe("")
            try subscriber.connect(endpoints.subscribe)
            loop.add(subscriber, events: .readable) { _ in
                while let message = try? subscriber.receive(timeout: .zero) { self.heard.append(message[0]) }
            }
        }

        /// Both publish, over and over.
        func speak(_ friend: CurveKeyPair, _ guest: CurveKeyPair) throws {
            guard let server = keys?.publicKey else { return }
            for (own, word) in [(friend, "friend"), (guest, "guest")] {
                let publisher = try Socket(.publish, in: context)
                sockets.append(publisher)
                try publisher.setCurveClient(own, server: server)
                try publisher.connect(endpoints.publish)
                repeatWord(publisher, word)
            }
        }

        private func repeatWord(_ publisher: Socket, _ word: String) {
            guard !publisher.isClosed else { return }
            _ = try? publisher.send([Array(word.utf8)])
            loop.schedule(after: .milliseconds(5)) { self.repeatWord(publisher, word) }
        }

        func close() {
            for socket in sockets { socket.close() }
            proxy?.stop()
            authenticator?.stop()
        }
    }
}
