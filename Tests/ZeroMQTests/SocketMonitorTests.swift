import Testing
import ZeroMQ

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite(.timeLimit(.minutes(5)))
struct SocketMonitorTests {
    /// What a monitor reported.
    private final class Log: @unchecked Sendable {
        // Sendable: touched on the loop's thread only.
        var events: [SocketEvent] = []

        func append(_ event: SocketEvent) {
            events.append(event)
        }

        /// The first event of that kind, once it is there.
        func wait(for kind: SocketEvent.Kind, on loop: EventLoop) async throws -> SocketEvent {
            try await eventually(on: loop) { _ in self.events.first { $0.kind == kind } }
        }
    }

    @Test func tellsOfALinkFromItsBeginningToItsEnd() async throws {
        try await withLoop { loop, context in
            let server = Log()
            let client = Log()
            let sockets = Box<[Socket]>([])
            let endpoint = try await loop.perform { loop in
                let router = try Socket(.router, in: context)
                let dealer = try Socket(.dealer, in: context)
                sockets.value = [router, dealer]
                _ = try SocketMonitor(router, on: loop) { server.append($0) }
                _ = try SocketMonitor(dealer, kinds: [.connected, .handshakeSucceeded], on: loop) {
                    client.append($0)
                }
                let endpoint = try router.bind("tcp://127.0.0.1:*")
                try dealer.connect(endpoint)
                return endpoint
            }
            let listening = try await server.wait(for: .listening, on: loop)
            #expect(listening.endpoint == endpoint)
            _ = try await server.wait(for: .accepted, on: loop)
            _ = try await server.wait(for: .handshakeSucceeded, on: loop)
            let connected = try await client.wait(for: .connected, on: loop)
            #expect(connected.endpoint == endpoint)
            _ = try await client.wait(for: .handshakeSucceeded, on: loop)
            await loop.perform { _ in sockets.value[1].close() }
            _ = try await server.wait(for: .disconnected, on: loop)
            await loop.perform { _ in sockets.value[0].close() }
            let reported = await loop.perform { _ in client.events.map(\.kind) }
            #expect(reported == [.connected, .handshakeSucceeded])
        }
    }

    @Test func anAcceptedLinkCanBeToldToHoldLittle() async throws {
        try await withLoop { loop, context in
            let log = Log()
            let sockets = Box<[Socket]>([])
            try await loop.perform { loop in
                let router = try Socket(.router, in: context)
                let dealer = try Socket(.dealer, in: context)
                sockets.value = [router, dealer]
                _ = try SocketMonitor(router, kinds: .accepted, on: loop) { event in
                    event.limitUnsent(bytes: 98_304)
                    log.append(event)
                }
                try dealer.connect(try router.bind("tcp://127.0.0.1:*"))
            }
            let accepted = try await log.wait(for: .accepted, on: loop)
            #expect(Self.unsentLimit(ofDescriptor: accepted.value) == 98_304)
            // Other events name no descriptor, and numbers that are none are let pass.
            SocketEvent(kind: .closed, value: accepted.value, endpoint: "").limitUnsent(bytes: 1)
            SocketEvent(kind: .accepted, value: -1, endpoint: "").limitUnsent(bytes: 1)
            #expect(Self.unsentLimit(ofDescriptor: accepted.value) == 98_304)
            await loop.perform { _ in for socket in sockets.value { socket.close() } }
        }
    }

    /// What `TCP_NOTSENT_LOWAT` is.
    private static func unsentLimit(ofDescriptor descriptor: Int32) -> Int32? {
        var bytes: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        #if canImport(Darwin)
            let option: Int32 = 0x201
        #else
            let option: Int32 = 25
        #endif
        return getsockopt(descriptor, Int32(IPPROTO_TCP), option, &bytes, &size) == 0 ? bytes : nil
    }

    @Test func tellsOfAPeerThatDoesNotFit() async throws {
        try await withLoop { loop, context in
            let log = Log()
            let sockets = Box<[Socket]>([])
            try await loop.perform { loop in
                let server = try Socket(.reply, in: context)
                let client = try Socket(.subscribe, in: context)
                sockets.value = [server, client]
                _ = try SocketMonitor(server, on: loop) { log.append($0) }
                try client.connect(server.bind("tcp://127.0.0.1:*"))
            }
            _ = try await log.wait(for: .disconnected, on: loop)
            let kinds = await loop.perform { _ in log.events.map(\.kind) }
            #expect(!kinds.contains(.handshakeSucceeded))
            await loop.perform { _ in for socket in sockets.value { socket.close() } }
        }
    }

    @Test func saysNothingOnceStopped() async throws {
        try await withLoop { loop, context in
            let first = Log()
            let second = Log()
            let sockets = Box<[Socket]>([])
            try await loop.perform { loop in
                let router = try Socket(.router, in: context)
                sockets.value = [router]
                let monitor = try SocketMonitor(router, on: loop) { first.append($0) }
                // Reported, but not delivered yet.
                try router.bind("tcp://127.0.0.1:*")
                monitor.stop()
                monitor.stop()
                _ = try SocketMonitor(router, on: loop) { second.append($0) }
                try router.bind("tcp://127.0.0.1:*")
            }
            _ = try await second.wait(for: .listening, on: loop)
            await loop.perform { _ in
                #expect(first.events == [])
                sockets.value[0].close()
            }
        }
    }

    @Test func itsHandlerMayCloseTheSocket() async throws {
        try await withLoop { loop, context in
            let isClosed = Promise<Void>()
            try await loop.perform { loop in
                let router = try Socket(.router, in: context)
                _ = try SocketMonitor(router, on: loop) { _ in
                    router.close()
                    isClosed.fulfil(())
                }
                try router.bind("tcp://127.0.0.1:*")
            }
            try await isClosed.value()
        }
    }

    @Test func aLoopThatEndsFirstLeavesNothingHanging() async throws {
        for _ in 0..<20 {
            let context = try Context()
            let loop = try EventLoop(name: "ends first")
            let endpoint = try await loop.perform { loop in
                let router = try Socket(.router, in: context)
                _ = try SocketMonitor(router, on: loop) { _ in }
                return try router.bind("tcp://127.0.0.1:*")
            }
            try Self.connectOften(endpoint, context)
            await loop.shutdown()
            context.terminate()
        }
    }

    /// Keeps the I/O thread busy reporting.
    private static func connectOften(_ endpoint: String, _ context: Context) throws {
        for _ in 0..<20 {
            let client = try Socket(.dealer, in: context)
            try client.connect(endpoint)
            client.close()
        }
    }
}
