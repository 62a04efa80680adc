import GossipCore
import Testing
import ZeroMQ

@testable import GossipNode

struct EndpointTests {
    @Test(arguments: [
        ("tcp://*:6969", "tcp://*:6970"), ("tcp://127.0.0.1:1", "tcp://127.0.0.1:2"),
        ("tcp://[::1]:80", "tcp://[::1]:81"),
        ("tcp://h:65534", "tcp://h:65535"), ("tcp://h:65535", "tcp://h:*"), ("tcp://h:*", "tcp://h:*"),
        ("tcp://h:0", "tcp://h:*"), ("tcp://*:*", "tcp://*:*"), ("nonsense", "nonsense"),
    ])
    func theBusListensOnTheNextPort(_ endpoint: String, _ above: String) {
        #expect(BusBroker.endpoint(above: endpoint, by: 1) == above)
    }

    @Test func theTrackerTakesThreePortsAndNamesTheOneThatIsTaken() async throws {
        try await Runtime.with { runtime in
            try await runtime.stage { _ in }
            let first = TrackerNode(
                TrackerNodeConfiguration(bindEndpoint: "tcp://127.0.0.1:*", interval: .seconds(1), randomSeed: 1),
                context: runtime.context, loop: runtime.loop, log: CapturedLog().logger)
            let endpoints = try await first.start()
            #expect(Set([endpoints.requests, endpoints.busSubscribe, endpoints.busPublish]).count == 3)
            for taken in [\TrackerNodeConfiguration.busSubscribeEndpoint, \.busPublishEndpoint] {
                var configuration = TrackerNodeConfiguration(
                    bindEndpoint: "tcp://127.0.0.1:*", interval: .seconds(1), randomSeed: 1)
                configuration[keyPath: taken] = endpoints.requests
                let second = TrackerNode(
                    configuration, context: runtime.context, loop: runtime.loop, log: CapturedLog().logger)
                let error = await #expect(throws: NodeError.self) { _ = try await second.start() }
                #expect(error == NodeError(.network, "bind \(endpoints.requests): Address already in use"))
            }
            await first.stop()
        }
    }

    @Test func theLoopbackFacesTheLoopback() {
        #expect(LocalAddress.facing("127.0.0.1") == "127.0.0.1")
        #expect(LocalAddress.facing("localhost") == "127.0.0.1")
        // What cannot be told is answered as well.
        #expect(LocalAddress.facing("") == "127.0.0.1")
        #expect(LocalAddress.facing("no such host") == "127.0.0.1")
        #expect(LocalAddress.facing("[::1]") == "127.0.0.1")
    }

    @Test func timesKeepTheirNanoseconds() {
        #expect(TimePoint(MonotonicTime(nanoseconds: 1_234_567_890)) == TimePoint(nanoseconds: 1_234_567_890))
        #expect(TimePoint(MonotonicTime(nanoseconds: -1)) == TimePoint(nanoseconds: 0))
        #expect(MonotonicTime(TimePoint(nanoseconds: .max)) == MonotonicTime(nanoseconds: .max))
        #expect(Duration(TimeSpan.milliseconds(1_500)) == .milliseconds(1_500))
        #expect(Duration(TimeSpan(nanoseconds: .max)) == .nanoseconds(Int64.max))
    }

    @Test func theTimeOfDayIsInUTC() {
        #expect(WallClock.now.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/) != nil)
    }
}
