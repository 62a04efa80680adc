import GossipCore
import GossipNode
import GossipWire
import Testing
import ZeroMQ

extension TrackerTests {
    @Suite struct ChosenCycle {
        /// What a node reports that has sent so much; `chunkSize` is nil at one that does not exchange in bulk.
        private static func progress(_ cycle: Cycle, bytesSent: UInt64, chunkSize: UInt32?) -> BusMessage {
            .progress(
                ProgressReport(
                    torrent: "00ff", node: "seed", role: .seed, peerReference: "tcp://h:1", cycle: cycle, chunksHeld: 9,
                    chunkCount: 9, bitfield: nil, messages: MessageCounts(), bytesSent: bytesSent, bytesReceived: 0,
                    bulkChunkSize: chunkSize))
        }

        /// The intervals of ticks while a node sends a mebibyte in every second of them, and when each tick came.
        private func ticks(
            until last: UInt64, atMost limit: Int, chunkSize: UInt32? = 1 << 20,
            _ change: @escaping @Sendable (inout TrackerNodeConfiguration) -> Void
        ) async throws -> [(tick: CycleTick, at: MonotonicTime)] {
            try await withTracker(interval: .milliseconds(100)) {
                $0.expectedMembers = 0
                change(&$0)
            } _: { stage, endpoints in
                let ticks = try stage.connected(.subscribe, to: endpoints.busSubscribe)
                try ticks.subscribe("cycle")
                let node = try stage.connected(.xpublish, to: endpoints.busPublish)
                var heard: [(tick: CycleTick, at: MonotonicTime)] = []
                while heard.count < limit, heard.last?.tick.intervalMilliseconds != last {
                    let frames = try #require(try ticks.next())
                    guard case .cycle(let tick)? = WireFrames.with(frames, { BusMessage($0) }) else { continue }
                    heard.append((tick, .now))
                    let sent = UInt64(heard.count / 2) << 20
                    try node.send(Self.progress(tick.cycle, bytesSent: sent, chunkSize: chunkSize).frames)
                }
                return heard
            }
        }

        /// A chunk in 200 ms is half a chunk a cycle: eight of them take 1.6 s.
        @Test func aClockThatMayChooseMakesCyclesLongEnough() async throws {
            let heard = try await ticks(until: 2_000, atMost: 200) { $0.choosesInterval = true }
            #expect(heard.last?.tick.intervalMilliseconds == 2_000, "within 20 s: \(heard.count) ticks")
            #expect(heard.dropLast().allSatisfy { $0.tick.intervalMilliseconds == 100 }, "at once")
            let cycles = heard.map(\.tick.cycle)
            #expect(zip(cycles, cycles.dropFirst()).allSatisfy(<))
        }

        @Test func aClockThatIsFixedStaysAsItIs() async throws {
            let heard = try await ticks(until: 2_000, atMost: 40) { $0.choosesInterval = false }
            #expect(heard.count == 40)
        }

        @Test func singleChunksAreNotItsBusiness() async throws {
            let heard = try await ticks(until: 2_000, atMost: 40, chunkSize: nil) { $0.choosesInterval = true }
            #expect(heard.count == 40)
        }
    }
}
