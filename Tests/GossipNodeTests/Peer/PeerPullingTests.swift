import GossipCore
import GossipNode
import GossipWire
import TestSupport
import Testing
import ZeroMQ

extension PeerTests {
    @Suite struct Pulling {
        @Test func aPeerPullsWhatItMissesUntilItIsComplete() async throws {
            var settings = NodeRig.Settings(role: .peer, neighbourCount: 1)
            settings.files = [Samples.name + ".part": Array("G".utf8)]
            try await NodeRig.run(settings) { rig in
                #expect(try rig.bus.nextEvent().kind == .joined)
                var asked: Set<UInt32> = []
                for cycle: Cycle in 1...8 {
                    let report = try rig.tick(cycle)
                    #expect(report.chunksHeld == UInt32(cycle))
                    #expect(report.messages.useful == cycle - 1)
                    #expect(report.messages.sent == cycle - 1)
                    let request = try rig.neighbours[0].answer { NodeRig.answer(to: $0) }
                    let chunk = try #require(NodeRig.chunk(of: request))
                    #expect(request == rig.pull(cycle, chunk))
                    #expect(asked.insert(chunk).inserted)
                    try rig.fence(rig.neighbours[0])
                }
                #expect(asked == Set(1...8))
                #expect(try rig.bus.nextEvent().kind == .completed)
                #expect(rig.folder.read(Samples.name) == Samples.text)
                #expect(rig.folder.read(Samples.name + ".part") == nil)
                // Complete, it asks for nothing, and serves.
                let report = try rig.tick(9)
                #expect(report.bitfield == "ff80")
                let client = try rig.client()
                try client.send(rig.pull(9, 5))
                #expect(try client.next()?.last == Array("R".utf8))
                #expect(try rig.neighbours[0].socket.receive(timeout: silence) == nil)
            }
        }

        @Test func noneAndLateAreMissed() async throws {
            try await NodeRig.run(.init(role: .peer, neighbourCount: 1)) { rig in
                try rig.tick(1)
                try rig.neighbours[0].answer { Frames.text("GT1", "none") + $0[2...] }
                try rig.fence(rig.neighbours[0])
                #expect(try rig.tick(2).messages.missed == 1)
                try rig.neighbours[0].answer { Frames.text("GT1", "late") + $0[2...] }
                try rig.fence(rig.neighbours[0])
                #expect(try rig.tick(3).messages.missed == 2)
            }
        }

        @Test func whatWasNotAskedForIsRefused() async throws {
            try await NodeRig.run(.init(role: .peer, neighbourCount: 1)) { rig in
                try rig.tick(1)
                let neighbour = rig.neighbours[0]
                let request = try neighbour.next()
                let asked = try #require(NodeRig.chunk(of: request))
                let other = (asked + 1) % 9
                let replies: [[[UInt8]]] = [
                    rig.message("chunk", 1, Frames.number(other), [Samples.text[Int(other)]]),
                    rig.message("chunk", 2, Frames.number(asked), [Samples.text[Int(asked)]]),
                    rig.message("none", 1, Frames.number(other)), rig.message("late", 0, Frames.number(asked)),
                    rig.message("chunk", 1, Frames.number(UInt32(9)), [0]), rig.pull(1, 0), [[]], Frames.text("GT1"),
                    Frames.text("GT1", "error", "malformed", "no"), Frames.text("GT1", "error"),
                    rig.message("have", 1, []),
                ]
                for reply in replies { try neighbour.send(reply) }
                try neighbour.send(NodeRig.answer(to: request))
                // The same once more: it was asked for once.
                try neighbour.send(NodeRig.answer(to: request))
                try rig.fence(neighbour)
                let report = try rig.tick(2)
                // One for the answer too many, one for the fence.
                #expect(report.messages.refused == UInt64(replies.count + 2))
                #expect(report.messages.useful == 1)
                #expect(report.messages.redundant == 0)
                #expect(report.chunksHeld == 1)
            }
        }

        @Test func aSeedPushesAndNeverPulls() async throws {
            let gossip = GossipParameters(style: .pushPull, fanout: 2)
            try await NodeRig.run(.init(gossip: gossip, neighbourCount: 2)) { rig in
                for cycle: Cycle in 1...4 {
                    try rig.tick(cycle)
                    for neighbour in rig.neighbours {
                        let request = try neighbour.next()
                        try #require(request.count == 6)
                        let chunk = try #require(NodeRig.chunk(of: Frames.text("GT1", "pull") + request[2..<5]))
                        #expect(request == rig.push(cycle, chunk, [Samples.text[Int(chunk)]]))
                    }
                }
                let report = try rig.tick(5)
                #expect(report.messages.sent == 8)
                #expect(report.bytesSent == 8)
            }
        }

        @Test func rarestFirstAsksForDigestsAndPullsTheRarest() async throws {
            let gossip = GossipParameters(style: .pull, fanout: 2, chunkSelection: .rarestFirst)
            try await NodeRig.run(.init(role: .peer, gossip: gossip, neighbourCount: 2)) { rig in
                // An hour's quarter is waited for digests: that they all came must be enough.
                try rig.tick(1)
                let digests: [[UInt8]] = [[0b1110_0000, 0], [0b1100_0000, 0]]
                for (neighbour, digest) in zip(rig.neighbours, digests) {
                    let request = try neighbour.answer { Array($0.dropLast()) + [digest] }
                    #expect(request == rig.message("have", 1, []))
                }
                // Chunk 2 has one copy; the other neighbour has two of two copies each to offer.
                #expect(try rig.neighbours[0].next() == rig.pull(1, 2))
                let other = NodeRig.chunk(of: try rig.neighbours[1].next())
                #expect(other == 0 || other == 1)
            }
        }

        @Test func theDigestsOfTheSilentAreNotWaitedForLong() async throws {
            let gossip = GossipParameters(style: .pull, fanout: 2, chunkSelection: .rarestFirst)
            try await NodeRig.run(.init(role: .peer, gossip: gossip, neighbourCount: 2)) { rig in
                try rig.tick(1, interval: 1_000)
                #expect(try rig.neighbours[0].next() == rig.message("have", 1, []))
                try rig.neighbours[1].answer { Array($0.dropLast()) + [[1, 0]] }
                #expect(try rig.neighbours[1].next() == rig.pull(1, 7))
            }
        }
    }
}
