import GossipCore
import GossipNode
import GossipWire
import Testing
import ZeroMQ

extension TrackerTests {
    @Suite struct Clock {
        private static func ticks(_ stage: Stage, _ endpoints: TrackerEndpoints) throws -> Socket {
            let socket = try stage.connected(.subscribe, to: endpoints.busSubscribe)
            try socket.set(.receiveHighWaterMark, to: 0)
            try socket.subscribe("cycle")
            return socket
        }

        private static func cycle(_ frames: [[UInt8]]?) -> Cycle? {
            guard let frames, case .cycle(let tick)? = WireFrames.with(frames, { BusMessage($0) }) else { return nil }
            return tick.cycle
        }

        @Test func startsOneIntervalAfterTheLastExpectedMember() async throws {
            try await withTracker(interval: .milliseconds(200)) {
                $0.expectedMembers = 2
            } _: { stage, endpoints in
                let ticks = try Self.ticks(stage, endpoints)
                let client = try stage.connected(.request, to: endpoints.requests)
                _ = try client.ask(announce("tcp://h:1"))
                _ = try client.ask(announce("tcp://h:1"))
                // Another torrent's member is not one of them.
                _ = try client.ask(announce("tcp://h:2", [2]))
                #expect(try ticks.receive(timeout: .milliseconds(500)) == nil)
                let start = MonotonicTime.now
                _ = try client.ask(announce("tcp://h:2"))
                let frames = try #require(try ticks.next())
                #expect(MonotonicTime.now - start >= .milliseconds(200))
                #expect(frames.count == 2)
                #expect(frames[0] == Array("cycle".utf8))
                let body = String(decoding: frames[1], as: UTF8.self)
                #expect(
                    body.wholeMatch(
                        of: /\{"cycle":1,"interval_ms":200,"started_at":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"\}/)
                        != nil,
                    "\(body)")
            }
        }

        @Test func ticksKeepTheirTimeWithoutDrift() async throws {
            let interval = 5
            try await withTracker(interval: .milliseconds(UInt64(interval))) {
                $0.expectedMembers = 1
            } _: { stage, endpoints in
                let ticks = try Self.ticks(stage, endpoints)
                let client = try stage.connected(.request, to: endpoints.requests)
                // The subscription is not there at once: what comes first may have any number.
                let start = MonotonicTime.now
                _ = try client.ask(announce("tcp://h:1"))
                var lateness: [Duration] = []
                var last: Cycle = 0
                while last < 300 {
                    let cycle = try #require(Self.cycle(try ticks.next()))
                    #expect(cycle > last)
                    last = cycle
                    lateness.append(MonotonicTime.now - start - .milliseconds(interval * Int(cycle)))
                }
                #expect(lateness.allSatisfy { $0 >= .zero })
                // Timers that were set anew from the last tick would be some 0.5 ms later with each: 100 ms in all.
                let first = try #require(lateness.prefix(50).min())
                let end = try #require(lateness.suffix(50).min())
                #expect(end - first < .milliseconds(40))
            }
        }

        @Test func withoutExpectedMembersItStartsByItself() async throws {
            try await withTracker(interval: .milliseconds(100)) {
                $0.expectedMembers = 0
            } _: { stage, endpoints in
                let ticks = try Self.ticks(stage, endpoints)
                let cycles = try (0..<3).map { _ in try #require(Self.cycle(try ticks.next())) }
                #expect(cycles == [1, 2, 3])
            }
        }

        @Test func aLateSubscriberHearsTheNextTick() async throws {
            try await withTracker {
                $0.expectedMembers = 0
            } _: { stage, endpoints in
                let early = try Self.ticks(stage, endpoints)
                for _ in 0..<3 { _ = try early.next() }
                let known = try #require(Self.cycle(try early.next()))
                let late = try Self.ticks(stage, endpoints)
                let heard = try #require(Self.cycle(try late.next()))
                #expect(heard > known)
                // The same ticks reach both.
                while let cycle = Self.cycle(try early.next()), cycle < heard {}
                #expect(Self.cycle(try early.next()) == Self.cycle(try late.next()))
            }
        }

        /// A tracker that came back: its members are not all there again, or it waits for nobody.
        @Test(arguments: [0, 5])
        func aRestartedClockGoesOnAboveTheSwarm(expectedMembers: Int) async throws {
            try await withTracker(interval: .milliseconds(500)) {
                $0.expectedMembers = expectedMembers
            } _: { stage, endpoints in
                let ticks = try Self.ticks(stage, endpoints)
                let node = try stage.connected(.xpublish, to: endpoints.busPublish)
                #expect(try node.next() == [[1]])
                for cycle: Cycle in [40, 41, 7] { try node.send(BusTests.progress(cycle: cycle).frames) }
                #expect(Self.cycle(try ticks.next()) == 42)
                try node.send(BusTests.progress(cycle: 1_000).frames)
                #expect(Self.cycle(try ticks.next()) == 43)
            }
        }
    }
}
