import GossipCore
import GossipNode
import GossipWire
import Logging
import TestSupport
import Testing
import ZeroMQ

extension PeerTests {
    /// Combinations of chunks over real sockets.
    @Suite struct Coding {
        private static let gossip = GossipParameters(style: .pull, fanout: 1, chunkSelection: .coded)

        /// The vector that combines chunk i with its follower.
        private static func vector(_ chunk: Int) -> [UInt8] {
            (0..<9).map { $0 == chunk ? 1 : $0 == (chunk + 1) % 9 ? 3 : 0 }
        }

        /// The byte of a combination of the classic text, by the definition.
        private static func byte(_ vector: [UInt8]) -> UInt8 {
            zip(vector, Samples.text).reduce(0) { $0 ^ GaloisField256.product($1.0, $1.1) }
        }

        @Test func packetsAreDecodedWhenThereAreEnough() async throws {
            var settings = NodeRig.Settings(role: .peer, gossip: Self.gossip)
            settings.files = [Samples.name + ".part": Array("G".utf8)]
            try await NodeRig.run(settings) { rig in
                #expect(try rig.bus.nextEvent().kind == .joined)
                try rig.tick(1)
                let client = try rig.client()
                for chunk in 0..<7 {
                    let vector = Self.vector(chunk)
                    try client.send(rig.message("coded", 1, vector, [Self.byte(vector)]))
                }
                // Twice the first one tells nothing new.
                let twice = Self.vector(0).map { GaloisField256.product(2, $0) }
                try client.send(rig.message("coded", 1, twice, [Self.byte(twice)]))
                try client.send(rig.message("pull_coded", 1))
                // What was held when the cycle began is the one chunk of an earlier run.
                let answer = try #require(try client.next())
                #expect(Array(answer[..<4]) == rig.message("coded", 1))
                #expect(answer[4][1...] == [0, 0, 0, 0, 0, 0, 0, 0] && answer[4][0] != 0)
                #expect(answer[5] == [Self.byte(answer[4])])
                let report = try rig.tick(2)
                #expect(report.chunksHeld == 8 && report.bitfield == nil)
                #expect([report.messages.useful, report.messages.redundant] == [7, 1])
                #expect(report.bytesReceived == 8)
                #expect(rig.folder.read(Samples.name + ".part") == Array("G".utf8) + [UInt8](repeating: 0, count: 8))
                // Of a combination of packets too the bytes are right.
                try client.send(rig.message("pull_coded", 2))
                let mixed = try #require(try client.next())
                #expect(mixed[4].count { $0 != 0 } > 2 && mixed[5] == [Self.byte(mixed[4])])

                let last = Self.vector(7)
                try client.send(rig.message("coded", 2, last, [Self.byte(last)]))
                #expect(try rig.bus.nextEvent().kind == .completed)
                #expect(rig.folder.read(Samples.name) == Samples.text)
                #expect(rig.folder.read(Samples.name + ".part") == nil)
                let complete = try rig.tick(3)
                #expect(complete.messages.useful == 8 && complete.bitfield == "ff80")
            }
        }

        /// One packet's bytes are wrong; when that shows nobody can tell which it was.
        @Test func pollutionIsCountedAndAllBeginsAnew() async throws {
            try await NodeRig.run(.init(role: .peer, gossip: Self.gossip)) { rig in
                #expect(try rig.bus.nextEvent().kind == .joined)
                try rig.tick(1)
                let client = try rig.client()
                for chunk in 0..<9 {
                    let vector = Self.vector(chunk)
                    try client.send(rig.message("coded", 1, vector, [Self.byte(vector) ^ (chunk == 4 ? 1 : 0)]))
                }
                try client.send(rig.message("pull_coded", 1))
                #expect(try client.next()?[1] == Array("none".utf8))
                let report = try rig.tick(2)
                #expect([report.messages.useful, report.messages.corrupt] == [8, 1])
                #expect(report.chunksHeld == 0 && report.bitfield == nil)
                let warning = "decoded chunks do not match their hashes; all packets are thrown away"
                #expect(rig.log.lines(saying: warning).map(\.level) == [.warning])
                #expect(rig.folder.read(Samples.name + ".part") == [UInt8](repeating: 0, count: 9))
                for chunk in 0..<9 {
                    let vector = Self.vector(chunk)
                    try client.send(rig.message("coded", 2, vector, [Self.byte(vector)]))
                }
                #expect(try rig.bus.nextEvent().kind == .completed)
                #expect(rig.folder.read(Samples.name) == Samples.text)
            }
        }

        @Test func aSeedAnswersWithCombinationsOfItsFile() async throws {
            // Eleven bytes in chunks of four: a packet has four, and the last chunk counts as filled up with zeros.
            let content = Array("GOTORRENT!?".utf8)
            try await NodeRig.run(.init(content: content, chunkSize: 4, gossip: Self.gossip)) { rig in
                try rig.tick(1)
                let client = try rig.client()
                try client.send(rig.message("pull_coded", 1))
                let answer = try #require(try client.next())
                var sum: [UInt8] = [0, 0, 0, 0]
                for (chunk, factor) in answer[4].enumerated() {
                    GaloisField256.add(factor, times: Array(content[(chunk * 4)..<min(11, chunk * 4 + 4)]), to: &sum)
                }
                #expect(answer[5] == sum)
                #expect(try rig.tick(2).bytesSent == 4)
                try client.send(rig.message("pull_coded", 1))
                #expect(try client.next() == rig.message("late", 1, [0, 0, 0, 0]))
            }
        }

        @Test func packetsOfAnotherSizeAreRefused() async throws {
            try await NodeRig.run(.init(role: .peer, gossip: Self.gossip, neighbourCount: 1)) { rig in
                try rig.tick(1)
                let client = try rig.client()
                for data in [[], [1, 2]] as [[UInt8]] {
                    try client.send(rig.message("coded", 1, Self.vector(0), data))
                    #expect(Frames.errorCode(try client.next()) == "malformed")
                }
                let request = try rig.neighbours[0].answer { request in
                    Frames.text("GT1", "coded") + request[2...] + [Self.vector(0), [1, 2]]
                }
                #expect(request == rig.message("pull_coded", 1))
                try rig.fence(rig.neighbours[0])
                let report = try rig.tick(2)
                #expect(report.messages.refused == 4 && report.chunksHeld == 0)
                let next = try rig.neighbours[0].answer { request in
                    Frames.text("GT1", "coded") + request[2...] + [Self.vector(0), [Self.byte(Self.vector(0))]]
                }
                #expect(next == rig.message("pull_coded", 2))
                try rig.fence(rig.neighbours[0])
                #expect(try rig.tick(3).chunksHeld == 1)
            }
        }

        @Test func aFileOfTooManyChunksIsRefusedAtTheStart() async throws {
            let metafile = try Samples.metafile(Samples.bytes(256))
            let configuration = PeerNodeConfiguration(
                name: "node", role: .peer, metafile: metafile, gossip: Self.gossip, randomSeed: 1)
            try await Runtime.with { runtime in
                let folder = try TemporaryFolder()
                let node = PeerNode(
                    configuration, context: runtime.context, loop: runtime.loop, workers: runtime.workers,
                    log: CapturedLog().logger)
                let error = await #expect(throws: NodeError.self) { try await node.run(dataPath: folder.path) }
                #expect(error?.description.contains("at most 255 chunks, and this one has 256") == true)
            }
        }
    }
}
