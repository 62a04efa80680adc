import GossipCore
import GossipWire
import Testing
import ZeroMQ

extension PeerTests {
    @Suite struct Holdover {
        @Test func aNodeGoesOnByItsOwnTimeAndFallsBackInStep() async throws {
            try await NodeRig.run(.init(gossip: GossipParameters(style: .push, fanout: 1), neighbourCount: 1)) { rig in
                #expect(try rig.tick(10, interval: 200).cycle == 0)
                let start = MonotonicTime.now
                var ended: [Cycle] = []
                while ended.count < 5 { ended.append(try rig.bus.nextProgress().cycle) }
                // Intervals long enough that a busy machine does not lose ten of them between two lines here.
                // Three intervals of patience, then the numbers that the clock would have given.
                #expect(ended[0] == 10)
                #expect(ended[1] >= 13)
                #expect(zip(ended, ended.dropFirst()).allSatisfy(<))
                #expect(MonotonicTime.now - start > .milliseconds(1_200))
                #expect(rig.log.lines(saying: "the clock is silent").count == 1)
                // It gossips meanwhile.
                let push = try rig.neighbours[0].next()
                #expect(push[3] == Frames.number(UInt64(10)))
                #expect(try rig.neighbours[0].next()[3] == Frames.number(ended[1]))

                // The clock comes back a little behind: the node waits for it.
                try rig.bus.send(ended[4], interval: 3_600_000)
                #expect(rig.log.waitFor("the clock is back"))
                var last = try rig.tick(ended[4] + 9).cycle
                while last < ended[4] { last = try rig.bus.nextProgress().cycle }
                #expect(last < ended[4] + 9)
                #expect(try rig.tick(ended[4] + 10).cycle == ended[4] + 9)
            }
        }

        @Test func aClockThatBeganAnewIsFollowed() async throws {
            try await NodeRig.run(.init()) { rig in
                try rig.tick(500)
                #expect(try rig.tick(1).cycle == 500)
                #expect(try rig.tick(2).cycle == 1)
                let client = try rig.client()
                try client.send(rig.pull(2, 0))
                #expect(try client.next()?[1] == Array("chunk".utf8))
            }
        }

        @Test func theGreatestCyclesDoNoHarm() async throws {
            let gossip = GossipParameters(style: .pushPull, fanout: 1)
            var settings = NodeRig.Settings(role: .peer, gossip: gossip, neighbourCount: 1)
            settings.files = [Samples.name + ".part": Array("GO".utf8)]
            try await NodeRig.run(settings) { rig in
                for cycle: Cycle in [1 << 53, (1 << 53) - 1, 1, (1 << 53)] {
                    try rig.bus.send(cycle, interval: 3_600_000)
                }
                // The second is one below the first, and waited for.
                let reports = try (0..<3).map { _ in try rig.bus.nextProgress().cycle }
                #expect(reports == [0, 1 << 53, 1])
                let client = try rig.client()
                try client.send(rig.pull(1 << 53, 0))
                #expect(try client.next()?[1] == Array("chunk".utf8))
            }
        }
    }
}
