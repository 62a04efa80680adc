import Testing
import ZeroMQ

@Suite(.timeLimit(.minutes(5)))
struct ProxyTests {
    /// A proxy on a loop, and where to find it.
    private final class Broker: @unchecked Sendable {
        // Sendable: touched on the loop's thread only; the endpoints are constants.
        let proxy: Proxy
        let publishersEndpoint: String
        let subscribersEndpoint: String
        var tapped: [[[UInt8]]] = []

        init(
            on loop: EventLoop, in context: Context, subscribersBound: Int = 1000,
            configure: (inout Proxy.Options) -> Void = { _ in }
        ) throws {
            let publishers = try Socket(.xsubscribe, in: context)
            let subscribers = try Socket(.xpublish, in: context)
            try subscribers.set(.sendHighWaterMark, to: subscribersBound)
            publishersEndpoint = try publishers.bind("tcp://127.0.0.1:*")
            subscribersEndpoint = try subscribers.bind("tcp://127.0.0.1:*")
            var options = Proxy.Options()
            let box = Box<Broker?>(nil)
            options.tap = { frames in box.value?.tapped.append(frames.map { Array($0) }) }
            configure(&options)
            proxy = try Proxy(from: publishers, to: subscribers, on: loop, options: options)
            box.value = self
        }
    }

    /// Opens a broker on the loop, runs `body` on the test's thread, and stops the broker.
    private func withBroker(
        subscribersBound: Int = 1000, configure: @Sendable (inout Proxy.Options) -> Void = { _ in },
        _ body: (Broker, EventLoop, Context) async throws -> Void
    ) async throws {
        try await withLoop { loop, context in
            let broker = try await loop.perform { loop in
                try Broker(on: loop, in: context, subscribersBound: subscribersBound, configure: configure)
            }
            let result: Result<Void, any Error>
            do {
                result = .success(try await body(broker, loop, context))
            } catch {
                result = .failure(error)
            }
            await loop.perform { _ in broker.proxy.stop() }
            try result.get()
        }
    }

    private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    /// Sockets stay on the thread that opened them, so that what uses them must not await.
    private func publishAndReceive(_ broker: Broker, _ context: Context) throws -> [[[UInt8]]?] {
        let publisher = try Socket(.xpublish, in: context)
        let subscriber = try Socket(.subscribe, in: context)
        defer { publisher.close() }
        defer { subscriber.close() }
        try publisher.connect(broker.publishersEndpoint)
        try subscriber.connect(broker.subscribersEndpoint)
        try subscriber.subscribe("a")
        // The subscription arrives at the publisher through the proxy: from here on nothing is lost.
        #expect(try publisher.next() == [[1] + bytes("a")])
        try publisher.send([bytes("b nobody asked")])
        try publisher.send([bytes("a secret"), [1]])
        try publisher.send([bytes("a first"), [], [2]])
        try publisher.send([bytes("a last")])
        return [try subscriber.next(), try subscriber.next()]
    }

    @Test func passesWhatTheFilterAllowsAndTellsTheTap() async throws {
        let secret = bytes("a secret")
        try await withBroker {
            $0.filter = { frames in !frames[0].elementsEqual(secret) }
        } _: { broker, loop, context in
            let received = try publishAndReceive(broker, context)
            #expect(received == [[bytes("a first"), [], [2]], [bytes("a last")]])
            await loop.perform { _ in
                #expect(broker.tapped == [[bytes("a first"), [], [2]], [bytes("a last")]])
                #expect(broker.proxy.forwardedCount == 2)
                #expect(broker.proxy.refusedCount == 1)
            }
        }
    }

    @Test func passesWhatComesFirstWithoutAFilter() async throws {
        try await withBroker { broker, _, context in
            let received = try publishAndReceive(broker, context)
            #expect(received == [[bytes("a secret"), [1]], [bytes("a first"), [], [2]]])
        }
    }

    @Test func refusesMessagesOfTooManyFrames() async throws {
        try await withBroker {
            $0.maximumFrames = 2
        } _: { broker, loop, context in
            let received = try publishAndReceive(broker, context)
            #expect(received == [[bytes("a secret"), [1]], [bytes("a last")]])
            await loop.perform { _ in #expect(broker.proxy.refusedCount == 1) }
        }
    }

    @Test func aLateSubscriberGetsWhatComesAfterIt() async throws {
        try await withBroker { broker, _, context in
            try withOpenSockets(in: context, .xpublish, .subscribe, .subscribe) { publisher, early, late in
                try publisher.connect(broker.publishersEndpoint)
                try early.connect(broker.subscribersEndpoint)
                try early.subscribe("t")
                #expect(try publisher.next() == [[1] + bytes("t")])
                try publisher.send([bytes("t1")])
                #expect(try early.next() == [bytes("t1")])
                try late.connect(broker.subscribersEndpoint)
                try late.subscribe("t")
                // The topic is known upstream already: only messages can show that the subscription has arrived.
                var number = 1
                let arrives = try repeatedly(late) {
                    number += 1
                    try publisher.send([bytes("t\(number)")])
                    #expect(try early.next() == [bytes("t\(number)")])
                    return try late.events.contains(.readable)
                }
                #expect(arrives)
                let first = try late.next()
                #expect(first != [bytes("t1")] && first != nil)
            }
        }
    }

    @Test func theOwnersMessagesReachSubscribersPastTheFilter() async throws {
        try await withBroker {
            $0.filter = { _ in false }
        } _: { broker, loop, context in
            let isOver = Flag()
            // Until the subscription has arrived, a tick is lost as any message is.
            async let ticking: Void = loop.perform { loop in
                func tick() {
                    guard !isOver.isRaised else { return }
                    try? broker.proxy.publish([bytes("tick"), [7]])
                    loop.schedule(after: .milliseconds(1), tick)
                }
                tick()
            }
            try withOpenSockets(in: context, .subscribe, .subscribe, .subscribe) { subscriber, _, _ in
                try subscriber.connect(broker.subscribersEndpoint)
                try subscriber.subscribe("tick")
                #expect(try subscriber.next() == [bytes("tick"), [7]])
            }
            isOver.raise()
            await ticking
        }
    }

    @Test func theTapSeesWhatNobodySubscribedToIfAskedTo() async throws {
        try await withBroker {
            $0.subscribesToEverything = true
        } _: { broker, loop, context in
            try withOpenSockets(in: context, .xpublish, .subscribe, .subscribe) { publisher, subscriber, _ in
                try publisher.connect(broker.publishersEndpoint)
                #expect(try publisher.next() == [[1]])
                try subscriber.connect(broker.subscribersEndpoint)
                try subscriber.subscribe("x")
                try publisher.send([bytes("unheard")])
                try publisher.send([bytes("unheard too")])
                // A subscription is not passed on: there is one for everything already.
                #expect(try publisher.receive(timeout: silence) == nil)
            }
            try await eventually(on: loop) { _ in broker.tapped.count >= 2 ? () : nil }
            await loop.perform { _ in
                #expect(broker.tapped == [[bytes("unheard")], [bytes("unheard too")]])
            }
        }
    }

    @Test func aSubscribersOwnMessagesGoNowhere() async throws {
        try await withBroker { broker, _, context in
            try withOpenSockets(in: context, .xpublish, .xsubscribe, .subscribe) { publisher, stranger, _ in
                try publisher.connect(broker.publishersEndpoint)
                try stranger.connect(broker.subscribersEndpoint)
                try stranger.send([bytes("not a subscription")])
                try stranger.send([[2, 1]])
                try stranger.send([[]])
                try stranger.send([[1] + bytes("z")])
                #expect(try publisher.next() == [[1] + bytes("z")])
            }
        }
    }

    @Test func aSubscriberThatDoesNotReadHoldsNobodyUp() async throws {
        try await withBroker(subscribersBound: 1) { broker, loop, context in
            try withOpenSockets(in: context, .xpublish, .subscribe, .subscribe) { publisher, idle, keen in
                try idle.set(.receiveHighWaterMark, to: 1)
                try idle.set(.receiveBuffer, to: 4_096)
                try publisher.set(.sendHighWaterMark, to: 0)
                try publisher.connect(broker.publishersEndpoint)
                for subscriber in [idle, keen] {
                    try subscriber.connect(broker.subscribersEndpoint)
                    try subscriber.subscribe("")
                }
                #expect(try publisher.next() == [[1]])
                let bulk = [UInt8](repeating: 7, count: 100_000)
                for _ in 0..<200 { try publisher.send([bulk]) }
                // The proxy goes on: what is published now is heard by the one that reads.
                #expect(
                    try repeatedly(publisher) {
                        try publisher.send([[9]])
                        while let message = try keen.receive(timeout: .zero) { if message == [[9]] { return true } }
                        return false
                    })
            }
        }
    }

    @Test func stoppingIsCleanAndFinal() async throws {
        try await withBroker { broker, loop, context in
            await loop.perform { _ in
                broker.proxy.stop()
                broker.proxy.stop()
                #expect(broker.proxy.isStopped)
                #expect(throws: ZeroMQError.self) { try broker.proxy.publish([[1]]) }
            }
        }
    }

    @Test func theTapMayStopIt() async throws {
        let hasStopped = Promise<Void>()
        try await withLoop { loop, context in
            let box = Box<Proxy?>(nil)
            let endpoint = try await loop.perform { loop in
                let publishers = try Socket(.xsubscribe, in: context)
                var options = Proxy.Options()
                options.subscribesToEverything = true
                options.tap = { _ in
                    box.value?.stop()
                    hasStopped.fulfil(())
                }
                let endpoint = try publishers.bind("tcp://127.0.0.1:*")
                box.value = try Proxy(
                    from: publishers, to: Socket(.xpublish, in: context), on: loop, options: options)
                return endpoint
            }
            try withOpenSockets(in: context, .xpublish, .pair, .pair) { publisher, _, _ in
                try publisher.connect(endpoint)
                #expect(try publisher.next() == [[1]])
                for _ in 0..<10 { try publisher.send([[1]]) }
            }
            try await hasStopped.value()
            await loop.perform { _ in #expect(box.value?.forwardedCount == 0) }
        }
    }

    @Test func theEndOfTheContextStopsIt() async throws {
        try await withBroker { broker, loop, context in
            context.shutdown()
            try await eventually(on: loop) { _ in broker.proxy.isStopped ? () : nil }
        }
    }
}

/// Three sockets on the calling thread, closed at the end.
private func withOpenSockets(
    in context: Context, _ first: SocketType, _ second: SocketType, _ third: SocketType,
    _ body: (Socket, Socket, Socket) throws -> Void
) throws {
    let sockets = try [first, second, third].map { try Socket($0, in: context) }
    defer { for socket in sockets { socket.close() } }
    try body(sockets[0], sockets[1], sockets[2])
}
