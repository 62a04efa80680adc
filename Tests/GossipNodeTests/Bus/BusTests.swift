import GossipCore
import GossipWire
import TestSupport
import Testing
import ZeroMQ

@testable import GossipNode

@Suite(.serialized, .timeLimit(.minutes(5)))
struct BusTests {
    static func progress(cycle: Cycle = 1, node: String = "peer-1") -> BusMessage {
        var counts = MessageCounts()
        counts.sent = 3
        return .progress(
            ProgressReport(
                torrent: "00ff", node: node, role: .peer, peerReference: "tcp://h:1", cycle: cycle, chunksHeld: 1,
                chunkCount: 9, bitfield: "8000", messages: counts, bytesSent: 0, bytesReceived: 1))
    }

    static let event = BusMessage.event(
        SwarmEvent(kind: .joined, torrent: "00ff", node: "peer-1", cycle: 0, at: "2024-01-01T00:00:00Z"))

    /// A tracker whose clock does not tick among what the test hears: progress would start it after three intervals.
    private static func withQuietTracker(_ body: @Sendable (Stage, TrackerEndpoints) throws -> Void) async throws {
        try await TrackerTests.withTracker(interval: .seconds(3_600), { _ in }, body)
    }

    /// A subscriber of everything and a publisher, both known to the broker.
    private static func ends(_ stage: Stage, _ endpoints: TrackerEndpoints) throws -> (all: Socket, node: Socket) {
        let all = try stage.connected(.subscribe, to: endpoints.busSubscribe)
        try all.subscribe("")
        let node = try stage.connected(.xpublish, to: endpoints.busPublish)
        #expect(try node.next() == [[1]])
        // Once one message came through, both are connected.
        #expect(
            try repeatedly(all) {
                try node.send(event.frames)
                return try all.receive(timeout: .milliseconds(10)) != nil
            })
        try node.send(progress(node: "fence").frames)
        while let frames = try all.next(), frames != progress(node: "fence").frames {}
        return (all, node)
    }

    @Test func progressAndEventsPassUnchanged() async throws {
        try await Self.withQuietTracker { stage, endpoints in
            let (all, node) = try Self.ends(stage, endpoints)
            let unknown = Frames.text("event.00ff.peer-1", "{\"event\": \"something new\"}")
            for frames in [Self.progress().frames, Self.event.frames, unknown] {
                try node.send(frames)
                #expect(try all.next() == frames)
            }
        }
    }

    @Test(arguments: [
        Frames.text("cycle", #"{"cycle":7,"interval_ms":50,"started_at":""}"#),
        Frames.text("cycle.", "{}"), Frames.text("cycles", "{}"), Frames.text("cycl", "{}"), Frames.text("", "{}"),
        Frames.text("cycle"), Frames.text("progress.00ff.peer-1"), Frames.text("gossip.00ff.peer-1", "{}"),
        Frames.text("progress", "{}"), Frames.text("Progress.00ff.x", "{}"),
        progress().frames + [[]], event.frames + event.frames, [[UInt8]](repeating: Array("event.".utf8), count: 100),
        [[]], [[0]], [[1]],
    ])
    func whatIsNoBusMessageIsDropped(_ frames: [[UInt8]]) async throws {
        try await Self.withQuietTracker { stage, endpoints in
            let (all, node) = try Self.ends(stage, endpoints)
            try node.send(frames)
            try node.send(Self.event.frames)
            #expect(try all.next() == Self.event.frames)
        }
    }

    @Test func aHugeFrameCostsItsPublisherTheLink() async throws {
        try await Self.withQuietTracker { stage, endpoints in
            let (all, node) = try Self.ends(stage, endpoints)
            let other = try stage.connected(.xpublish, to: endpoints.busPublish)
            #expect(try other.next() == [[1]])
            try node.send(Frames.text("event.00ff.x") + [[UInt8](repeating: 32, count: (8 << 10) + 1)])
            try other.send(Self.event.frames)
            #expect(try all.next() == Self.event.frames)
            // The link is made again, and what is said then is heard; the huge frame is not.
            #expect(
                try repeatedly(all) {
                    try node.send(Self.progress().frames)
                    return try all.receive(timeout: .milliseconds(10)) == Self.progress().frames
                })
        }
    }

    @Test func subscribersThatSpeakAreNotHeard() async throws {
        try await Self.withQuietTracker { stage, endpoints in
            let (all, node) = try Self.ends(stage, endpoints)
            let speaker = try stage.connected(.xsubscribe, to: endpoints.busSubscribe)
            // A subscription, as long a topic as there is, and what is none.
            for frames in [[[1]], [[1] + [UInt8](repeating: 65, count: 159)], [[9, 9]], Self.event.frames] {
                try speaker.send(frames)
            }
            #expect(
                try repeatedly(all) {
                    try node.send(Self.progress().frames)
                    return try speaker.receive(timeout: .milliseconds(10)) == Self.progress().frames
                })
            #expect(try all.next() == Self.progress().frames)
        }
    }

    /// libzmq keeps subscriptions, so that they are a stranger's way to our memory.
    @Test(arguments: [(count: 200, size: 20), (count: 1, size: 160)])
    func whoSubscribesToTooMuchLosesTheLink(_ topics: (count: Int, size: Int)) async throws {
        try await Self.withQuietTracker { stage, endpoints in
            let (all, node) = try Self.ends(stage, endpoints)
            // It subscribes again to everything, each time that it connects.
            let greedy = try stage.socket(.xsubscribe)
            let watch = try stage.connected(.subscribe, to: endpoints.busSubscribe)
            try watch.subscribe("progress.")
            try greedy.set(.reconnectInterval, to: nil)
            try greedy.connect(endpoints.busSubscribe)
            try greedy.send([[1]])
            #expect(
                try repeatedly(greedy) {
                    try node.send(Self.progress().frames)
                    return try greedy.receive(timeout: .milliseconds(10)) == Self.progress().frames
                })
            for number in 0..<topics.count {
                let topic = "\(number)." + String(repeating: "x", count: topics.size)
                try greedy.send([[1] + Array(topic.utf8)])
            }
            // Nothing reaches it any more, while others go on to hear.
            #expect(
                try repeatedly(greedy) {
                    while try greedy.receive(timeout: .zero) != nil {}
                    while try watch.receive(timeout: .zero) != nil {}
                    try node.send(Self.progress().frames)
                    let isHeard = try watch.receive(timeout: patience) != nil
                    return try isHeard && greedy.receive(timeout: .milliseconds(20)) == nil
                })
            #expect(try all.next() == Self.progress().frames)
        }
    }

    /// libzmq takes in what waits of a link before anyone is asked: with a longer queue it took in tens of thousands.
    @Test func whoSubscribesOnAndOnIsCutSoon() async throws {
        try await Runtime.with { runtime in
            let log = CapturedLog()
            let host = BrokerHost(runtime)
            let endpoint = try await host.open(log: log.logger)
            let rest = String(repeating: "x", count: 150)
            let topics = (0..<20_000).map { "\($0).\(rest)" }
            try await runtime.stage { _ in
                try Stranger.subscribe(to: topics, at: endpoint) { #expect(log.waitFor("link cut")) }
            }
            let count = try await host.finalSubscriptionCount()
            // Some hundreds; a sanitizer's allocator is so slow that more come meanwhile.
            #expect(count > BusLimit.subscriptionsPerLink)
            #expect(Sanitizer.isOn || count < topics.count / 4)
            await host.close()
        }
    }

    /// What waits for those who do not listen is ours to keep.
    @Test func whoStaysBehindLosesTheLink() async throws {
        try await TrackerTests.withTracker(
            interval: .seconds(3_600), { $0.subscriberBacklog = 4 << 20 }
        ) { stage, endpoints in
            let (all, node) = try Self.ends(stage, endpoints)
            let mute = try stage.socket(.subscribe)
            try mute.set(.receiveHighWaterMark, to: 1)
            try mute.set(.receiveBuffer, to: 4_096)
            try mute.set(.reconnectInterval, to: nil)
            try mute.subscribe("")
            try mute.connect(endpoints.busSubscribe)
            let message = Frames.text("event.00ff.x", String(repeating: " ", count: 8_000))
            let passes = {
                try node.send(message)
                return try all.next() == message
            }
            #expect(try repeatedly(mute) { try passes() && mute.receive(timeout: .milliseconds(10)) != nil })
            // One that takes what comes hears everything, however much that is.
            for _ in 0..<2_000 { #expect(try passes()) }
            let isCut = try repeatedly(mute) {
                while try mute.receive(timeout: .milliseconds(20)) != nil {}
                return try passes() && mute.receive(timeout: .milliseconds(50)) == nil
            }
            #expect(isCut)
        }
    }

    @Test func aSubscriberHearsWhatItNamesUntilItIsStopped() async throws {
        try await Runtime.with { runtime in
            let subscriber = BusSubscriber(context: runtime.context, loop: runtime.loop)
            let endpoint = try await runtime.stage { stage in
                let (bus, endpoint) = try stage.bound(.xpublish)
                return try Self.publish(to: subscriber, bus, endpoint)
            }
            var deliveries: [BusDelivery] = []
            for await delivery in subscriber.deliveries {
                deliveries.append(delivery)
                if deliveries.count == 3 { await subscriber.stop() }
            }
            #expect(deliveries.map(\.topic) == ["progress.00ff.peer-1", "progress.junk", "progress.00ff.peer-2"])
            #expect(deliveries.map(\.message) == [Self.progress(), nil, Self.progress(node: "peer-2")])
            #expect(deliveries[0].body == Self.progress().json)
            #expect(!endpoint.isEmpty)
        }
    }

    private static func publish(to subscriber: BusSubscriber, _ bus: Socket, _ endpoint: String) throws -> String {
        let started = Watched(false)
        Task {
            try await subscriber.start(endpoint: endpoint, topics: ["progress."])
            started.update { $0 = true }
        }
        #expect(started.wait { $0 })
        #expect(try bus.next() == [[1] + Array("progress.".utf8)])
        try bus.send(progress().frames)
        try bus.send(event.frames)
        try bus.send(Frames.text("progress.junk", "no JSON"))
        try bus.send(progress().frames + [[]])
        try bus.send(progress(node: "peer-2").frames)
        // Closed too early, what is on its way would be lost.
        try bus.set(.linger, to: patience)
        return endpoint
    }

    @Test func aSubscriberOfNonsenseSaysWhere() async throws {
        try await Runtime.with { runtime in
            let subscriber = BusSubscriber(context: runtime.context, loop: runtime.loop)
            let error = await #expect(throws: NodeError.self) { try await subscriber.start(endpoint: "nowhere") }
            #expect(error?.code == .network)
            #expect(error?.description.contains("nowhere") == true)
            for await _ in subscriber.deliveries { Issue.record("nothing can be heard") }
        }
    }
}
