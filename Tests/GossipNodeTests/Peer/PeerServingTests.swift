import GossipCore
import GossipWire
import Testing
import ZeroMQ

extension PeerTests {
    @Suite struct Serving {
        @Test func pullsAreAnsweredWithTheChunk() async throws {
            try await NodeRig.run(.init()) { rig in
                try rig.tick(1)
                let client = try rig.client()
                for chunk: UInt32 in [0, 3, 8, 3] {
                    try client.send(rig.pull(1, chunk))
                    let data = [Samples.text[Int(chunk)]]
                    #expect(try client.next() == rig.message("chunk", 1, Frames.number(chunk), data))
                }
                let report = try rig.tick(2)
                #expect(report.cycle == 1)
                #expect(report.bytesSent == 4)
                #expect(report.messages == MessageCounts())
            }
        }

        @Test func largeChunksOfAnyLengthAreSentWhole() async throws {
            let content = Samples.bytes(300_001)
            try await NodeRig.run(.init(content: content, chunkSize: 100_000)) { rig in
                try rig.tick(1)
                let client = try rig.client()
                for chunk in 0..<4 {
                    try client.send(rig.pull(1, UInt32(chunk)))
                    let data = Array(content[(chunk * 100_000)..<min((chunk + 1) * 100_000, content.count)])
                    #expect(try client.next()?.last == data)
                }
            }
        }

        @Test func whatIsNotHeldIsNoneAndWhatIsLateIsLate() async throws {
            var settings = NodeRig.Settings(role: .peer)
            settings.files = [Samples.name + ".part": [71]]
            try await NodeRig.run(settings) { rig in
                try rig.tick(5)
                let client = try rig.client()
                try client.send(rig.pull(5, 0))
                #expect(try client.next() == rig.message("chunk", 5, Frames.number(UInt32(0)), [71]))
                try client.send(rig.pull(5, 1))
                #expect(try client.next() == rig.message("none", 5, Frames.number(UInt32(1))))
                for cycle: UInt64 in [4, 1, 0] {
                    try client.send(rig.pull(cycle, 0))
                    #expect(try client.next() == rig.message("late", cycle, Frames.number(UInt32(0))))
                }
            }
        }

        @Test func relaxedSeparationServesLatePulls() async throws {
            let gossip = GossipParameters(style: .pull, separation: .relaxed)
            try await NodeRig.run(.init(gossip: gossip)) { rig in
                try rig.tick(5)
                let client = try rig.client()
                try client.send(rig.pull(2, 0))
                #expect(try client.next() == rig.message("chunk", 2, Frames.number(UInt32(0)), [71]))
            }
        }

        @Test func theNextCycleWaitsForTheTickAndLaterOnesAreDropped() async throws {
            try await NodeRig.run(.init()) { rig in
                try rig.tick(1)
                let client = try rig.client()
                for cycle: UInt64 in [.max, .max - 1, 1 << 63, 3, 2] { try client.send(rig.pull(cycle, 4)) }
                try client.send(rig.pull(1, 0))
                #expect(try client.next() == rig.message("chunk", 1, Frames.number(UInt32(0)), [71]))
                try rig.tick(2)
                #expect(try client.next() == rig.message("chunk", 2, Frames.number(UInt32(4)), Array("R".utf8)))
                #expect(try client.receive(timeout: silence) == nil)
                let report = try rig.tick(3)
                #expect(report.messages.early == 4)
                #expect(report.messages.refused == 0)
            }
        }

        @Test func haveIsAnsweredWithTheBitfield() async throws {
            var settings = NodeRig.Settings(role: .peer)
            settings.files = [Samples.name + ".part": Array("G_TORR__T".utf8)]
            try await NodeRig.run(settings) { rig in
                try rig.tick(1)
                let client = try rig.client()
                for digest: [UInt8] in [[], [0xff, 0x80], [0, 0]] {
                    try client.send(rig.message("have", 1, digest))
                    #expect(try client.next() == rig.message("have", 1, [0b1011_1100, 0b1000_0000]))
                }
                // What was held in an earlier cycle is no longer known.
                try client.send(rig.message("have", 0, []))
                try client.send(rig.pull(1, 0))
                #expect(try client.next()?[1] == Array("chunk".utf8))
            }
        }

        @Test func whatCameInThisCycleIsServedInTheNext() async throws {
            try await NodeRig.run(.init(role: .peer)) { rig in
                try rig.tick(1)
                let client = try rig.client()
                try client.send(rig.push(1, 2, Array("T".utf8)))
                try client.send(rig.pull(1, 2))
                #expect(try client.next()?[1] == Array("none".utf8))
                let report = try rig.tick(2)
                #expect(report.bitfield == "2000")
                #expect(report.messages.useful == 1)
                #expect(report.bytesReceived == 1)
                try client.send(rig.pull(2, 2))
                #expect(try client.next() == rig.message("chunk", 2, Frames.number(UInt32(2)), Array("T".utf8)))
            }
        }
    }
}
