import GossipCore
import GossipWire
import Logging
import TestSupport
import Testing
import ZeroMQ

extension PeerTests {
    @Suite struct WrongBytes {
        @Test func pushedOnesAreRefusedAndTheirSenderIsNamedOnce() async throws {
            try await NodeRig.run(.init(role: .peer)) { rig in
                try rig.tick(1)
                let client = try rig.client(identity: Array("tcp://10.0.0.9:7000/1f".utf8))
                let stranger = try rig.client(identity: [0xab, 0, 0x0a])
                for _ in 0..<3 {
                    for sender in [client, stranger] { try sender.send(rig.push(1, 0, Array("X".utf8))) }
                }
                for sender in [client, stranger] {
                    try sender.send(rig.pull(1, 0))
                    #expect(try sender.next()?[1] == Array("none".utf8))
                }
                let report = try rig.tick(2)
                var expected = MessageCounts()
                expected.corrupt = 6
                #expect(report.messages == expected)
                #expect(report.chunksHeld == 0)
                try client.send(rig.pull(2, 0))
                #expect(try client.next()?[1] == Array("none".utf8))
                #expect(rig.folder.read(Samples.name + ".part") == [UInt8](repeating: 0, count: 9))

                let lines = rig.log.lines(saying: "wrong bytes")
                #expect(
                    lines.compactMap { $0.metadata["peer"] }.sorted() == ["tcp://10.0.0.9:7000", "the unnamed ab000a"])
                #expect(lines.allSatisfy { $0.level == .warning && $0.metadata["chunk"] == "0" })
            }
        }

        @Test func aRightCopyIsStillTaken() async throws {
            try await NodeRig.run(.init(role: .peer)) { rig in
                try rig.tick(1)
                let client = try rig.client()
                for byte in Array("XGG".utf8) { try client.send(rig.push(1, 0, [byte])) }
                try client.send(rig.pull(1, 0))
                _ = try client.next()
                let report = try rig.tick(2)
                #expect(report.messages.corrupt == 1)
                #expect(report.messages.useful == 1)
                #expect(report.messages.redundant == 1)
                #expect(rig.folder.read(Samples.name + ".part")?.first == UInt8(ascii: "G"))
            }
        }

        @Test func pulledOnesAreRefusedAndTheirSenderIsNamedOnce() async throws {
            try await NodeRig.run(.init(role: .peer, neighbourCount: 1)) { rig in
                for cycle: Cycle in 1...3 {
                    let report = try rig.tick(cycle)
                    #expect(report.messages.corrupt == cycle - 1)
                    #expect(report.chunksHeld == 0)
                    try rig.neighbours[0].answer { Array(NodeRig.answer(to: $0).dropLast()) + [[0]] }
                    try rig.fence(rig.neighbours[0])
                }
                let report = try rig.tick(4)
                #expect(report.messages.corrupt == 3)
                #expect(report.messages.sent == 3)
                #expect(
                    rig.log.lines(saying: "wrong bytes").map { $0.metadata["peer"] }
                        == [rig.neighbours[0].reference.description])
            }
        }

        /// Late is judged first by the hash: a wrong chunk is corrupt, however late.
        @Test(arguments: Separation.allCases)
        func aLateChunkIsCheckedTooAndKeptByRelaxedSeparation(separation: Separation) async throws {
            let gossip = GossipParameters(style: .pull, separation: separation)
            try await NodeRig.run(.init(role: .peer, gossip: gossip)) { rig in
                try rig.tick(5)
                let client = try rig.client()
                for byte in Array("XGG".utf8) { try client.send(rig.push(3, 0, [byte])) }
                try client.send(rig.pull(5, 1))
                _ = try client.next()
                let report = try rig.tick(6)
                #expect(report.messages.corrupt == 1)
                #expect(report.messages.late == 2)
                #expect(report.messages.lateKept == (separation == .relaxed ? 1 : 0))
                #expect(report.messages.useful == 0)
                #expect(report.chunksHeld == (separation == .relaxed ? 1 : 0))
            }
        }
    }
}
