import GossipCore
import GossipWire
import Testing
import ZeroMQ

extension PeerTests {
    @Suite struct BadInput {
        private typealias Case = (code: String, frames: [[UInt8]])

        /// What breaks the protocol, with what it is answered. The torrent has nine chunks.
        private static func messages(_ rig: NodeRig) -> [Case] {
            let (torrent, cycle, chunk) = (rig.torrent, Frames.number(UInt64(1)), Frames.number(UInt32(0)))
            let pull = Frames.text("GT1", "pull")
            let push = Frames.text("GT1", "push")
            let have = Frames.text("GT1", "have")
            let other = [UInt8](repeating: 7, count: 32)
            return [
                ("bad-signature", [[]]), ("bad-signature", [[], []]), ("bad-signature", Frames.text("GT1pull")),
                ("bad-signature", Frames.text("GT2", "pull") + [torrent, cycle, chunk]),
                // A REQ, which puts an empty frame before its own.
                ("bad-signature", [[]] + rig.pull(1, 0)),
                ("malformed", Frames.text("GT1")), ("unknown-verb", Frames.text("GT1", "")),
                ("unknown-verb", Frames.text("GT1", "announce") + [torrent, Array("tcp://h:1".utf8)]),
                ("unknown-verb", rig.message("chunk", 1, chunk, [71])), ("unknown-verb", rig.message("none", 1, chunk)),
                ("unknown-verb", Frames.text("GT1", "error", "malformed", "you are")),
                ("malformed", pull), ("malformed", pull + [torrent]), ("malformed", pull + [torrent, cycle]),
                ("malformed", rig.pull(1, 0) + [[]]), ("malformed", push + [torrent, cycle, chunk]),
                ("malformed", rig.push(1, 0, [71]) + [[71]]), ("malformed", have + [torrent, cycle]),
                ("malformed", [[UInt8]](rig.pull(1, 0).prefix(2)) + [[UInt8]](repeating: [1], count: 300)),
                ("malformed", pull + [[], cycle, chunk]), ("too-large", pull + [other + other + [7], cycle, chunk]),
                ("unknown-torrent", pull + [other, cycle, chunk]),
                ("unknown-torrent", push + [other, cycle, chunk, [71]]),
                ("unknown-torrent", have + [torrent.dropLast(), cycle, []]),
                ("malformed", pull + [torrent, [], chunk]), ("malformed", pull + [torrent, cycle.dropLast(), chunk]),
                ("malformed", pull + [torrent, cycle + [0], chunk]), ("malformed", pull + [torrent, chunk, cycle]),
                ("malformed", pull + [torrent, cycle, []]), ("malformed", pull + [torrent, cycle, chunk.dropLast()]),
                ("malformed", rig.pull(1, 9)), ("malformed", rig.pull(1, .max)), ("malformed", rig.push(1, 9, [71])),
                ("malformed", rig.push(.max, .max, [])), ("malformed", rig.message("have", 1, [0xff])),
                ("malformed", rig.message("have", 1, [0xff, 0x80, 0])),
                // A spare bit.
                ("malformed", rig.message("have", 1, [0xff, 0xc0])),
            ]
        }

        @Test(arguments: NodeRole.allCases)
        func isAnsweredWithAnErrorCountedAndDoesNoHarm(role: NodeRole) async throws {
            var settings = NodeRig.Settings(role: role)
            if role == .peer { settings.files = [Samples.name + ".part": Array("GO".utf8)] }
            try await NodeRig.run(settings) { rig in
                let held = try rig.tick(1).chunksHeld
                let client = try rig.client()
                let messages = Self.messages(rig)
                for (code, frames) in messages {
                    try client.send(frames)
                    let reply = try client.next()
                    #expect(Frames.errorCode(reply) == code, "\(frames) was answered \(String(describing: reply))")
                    // Were it answered twice, this answer would be the second one.
                    try client.send(rig.pull(1, 1))
                    #expect(try client.next() == rig.message("chunk", 1, Frames.number(UInt32(1)), Array("O".utf8)))
                }
                let report = try rig.tick(2)
                #expect(report.chunksHeld == held)
                var expected = MessageCounts()
                expected.refused = UInt64(messages.count)
                #expect(report.messages == expected)
            }
        }

        /// The classic torrent's chunks have one byte, and its frames at most 4 KiB.
        @Test(arguments: [[], Array("OG".utf8), [UInt8](repeating: 71, count: 4_096)])
        func chunksOfAnotherSizeAreCorrupt(_ data: [UInt8]) async throws {
            try await NodeRig.run(.init(role: .peer)) { rig in
                try rig.tick(1)
                let client = try rig.client()
                try client.send(rig.push(1, 0, data))
                try client.send(rig.pull(1, 0))
                #expect(try client.next()?[1] == Array("none".utf8))
                let report = try rig.tick(2)
                #expect(report.messages.corrupt == 1)
                #expect(report.chunksHeld == 0)
            }
        }

        @Test func aHugeFrameCostsItsSenderTheLink() async throws {
            try await NodeRig.run(.init(role: .peer)) { rig in
                try rig.tick(1)
                let witness = try rig.client()
                let client = try rig.client()
                try client.send(rig.push(1, 0, [UInt8](repeating: 71, count: 1 << 20)))
                try witness.send(rig.pull(1, 0))
                #expect(try witness.next()?[1] == Array("none".utf8))
                // The link is made again; what was on its way with the huge frame may be lost.
                #expect(
                    try repeatedly(client) {
                        try client.send(rig.pull(1, 0))
                        return try client.receive(timeout: .zero)?[1] == Array("none".utf8)
                    })
                let report = try rig.tick(2)
                #expect(report.messages == MessageCounts())
                #expect(report.bytesReceived == 0)
            }
        }

        @Test func bytesThatAreNoZeroMQDoNoHarm() async throws {
            try await NodeRig.run(.init()) { rig in
                try rig.tick(1)
                let client = try rig.client()
                for bytes in Stranger.greetings {
                    try Stranger.send(bytes, to: rig.endpoint)
                    try client.send(rig.pull(1, 1))
                    #expect(try client.next()?[1] == Array("chunk".utf8))
                }
            }
        }

        @Test func anyRoutingIdentityIsAnswered() async throws {
            try await NodeRig.run(.init()) { rig in
                try rig.tick(1)
                let own = try #require(rig.tracker.current.announced).bytes
                let identities: [[UInt8]] = [
                    [1], [1, 0, 0], [UInt8](repeating: 255, count: 255), Array("/".utf8), Array("\n\u{1b}[2J/".utf8),
                    own, own + Array("/0".utf8), Array("tcp://h:1/zz".utf8),
                ]
                for identity in identities {
                    let client = try rig.client(identity: identity)
                    try client.send(rig.pull(1, 1))
                    #expect(try client.next() == rig.message("chunk", 1, Frames.number(UInt32(1)), Array("O".utf8)))
                }
                // Two with one name: the later one has it.
                let first = try rig.client(identity: [9])
                try first.send(rig.pull(1, 1))
                #expect(try first.next()?[1] == Array("chunk".utf8))
                let second = try rig.client(identity: [9])
                try second.send(rig.pull(1, 2))
                #expect(try second.next() == rig.message("chunk", 1, Frames.number(UInt32(2)), Array("T".utf8)))
                try rig.tick(2)
            }
        }

        @Test func clientsThatVanishDoNoHarm() async throws {
            try await NodeRig.run(.init()) { rig in
                try rig.tick(1)
                let witness = try rig.client()
                for _ in 0..<30 {
                    let client = try rig.client()
                    try client.set(.linger, to: patience)
                    for chunk: UInt32 in 0..<9 { try client.send(rig.pull(1, chunk)) }
                    client.close()
                    try witness.send(rig.pull(1, 1))
                    #expect(try witness.next()?[1] == Array("chunk".utf8))
                }
            }
        }
    }
}
