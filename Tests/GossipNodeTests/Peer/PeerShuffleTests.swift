import GossipCore
import GossipNode
import GossipWire
import Testing
import ZeroMQ

extension PeerTests {
    /// Shuffles over sockets, and joining without a tracker.
    @Suite struct Shuffling {
        private static let cyclon = GossipParameters(style: .pull, fanout: 1, peerSampling: .cyclon)

        private static func entry(_ reference: String, age: UInt8 = 0) -> [UInt8] { [0, age] + Array(reference.utf8) }

        /// The references that a shuffle names.
        private static func names(_ frames: [[UInt8]]) -> [String] {
            frames.dropFirst(5).map { String(decoding: $0.dropFirst(2), as: UTF8.self) }
        }

        private static func isShuffle(_ frames: [[UInt8]]) -> Bool {
            frames.count > 4 && frames[1] == Array("shuffle".utf8)
        }

        /// What a stranger's next message is answered, so that all before it has been read.
        private static func fence(_ rig: NodeRig) throws {
            let client = try rig.client()
            try client.send(Frames.text("GT0"))
            #expect(Frames.errorCode(try client.next()) == "bad-signature")
        }

        @Test func aTickShufflesWithANeighbour() async throws {
            try await NodeRig.run(.init(gossip: Self.cyclon, neighbourCount: 1)) { rig in
                try rig.tick(7)
                let shuffle = try rig.neighbours[0].next()
                #expect(Self.isShuffle(shuffle) && shuffle[2] == rig.torrent && shuffle[3] == Frames.number(UInt64(7)))
                #expect(shuffle[4].count == 16 && Array(shuffle[4][..<8]) == Frames.number(UInt64(7)))
                #expect(Self.names(shuffle) == [rig.endpoint], "the node itself")
                // Named in an answer, a peer is shuffled with as well.
                let other = try FakePeer(rig.stage)
                try rig.neighbours[0].send(
                    rig.message("shuffle", 7, [], Self.entry(other.reference.description, age: 200)))
                try rig.fence(rig.neighbours[0])
                try rig.tick(8)
                #expect(Self.names(try other.next()) == [rig.endpoint, rig.neighbours[0].reference.description])
            }
        }

        @Test func aShuffleIsAnsweredWhateverItsCycle() async throws {
            try await NodeRig.run(.init(gossip: Self.cyclon, neighbourCount: 1)) { rig in
                try rig.tick(7)
                let client = try rig.client()
                for cycle: UInt64 in [7, 0, 8, 1_000] {
                    try client.send(rig.message("shuffle", cycle, [], Self.entry("tcp://127.0.0.1:9")))
                    let answer = try #require(try client.next())
                    #expect(Self.isShuffle(answer) && answer[3] == Frames.number(cycle))
                    #expect(Array(answer[4][..<8]) == Frames.number(UInt64(7)), "the responder's time")
                    #expect(Self.names(answer).contains(rig.neighbours[0].reference.description))
                }
                #expect(try rig.tick(8).messages.refused == 0)
            }
        }

        @Test func aNodeThatDoesNotShuffleDoesNotKnowTheVerb() async throws {
            try await NodeRig.run(.init()) { rig in
                try rig.tick(1)
                let client = try rig.client()
                try client.send(rig.message("shuffle", 1, [], Self.entry("tcp://127.0.0.1:9")))
                #expect(Frames.errorCode(try client.next()) == "unknown-verb")
            }
        }

        @Test func whatDoesNotParseIsRefusedAndCounted() async throws {
            try await NodeRig.run(.init(gossip: Self.cyclon, neighbourCount: 1)) { rig in
                try rig.tick(1)
                let client = try rig.client()
                try client.send(rig.message("shuffle", 1, [], Self.entry("tcp://127.0.0.1:9"), Self.entry("nonsense")))
                #expect(Frames.errorCode(try client.next()) == "malformed")
                #expect(try rig.tick(2).messages.refused == 1)
            }
        }

        /// A flood of addresses leaves a node that works, and knows who it should.
        @Test func strangersAddressesDoNotPileUp() async throws {
            try await NodeRig.run(.init(gossip: Self.cyclon, neighbourCount: 1)) { rig in
                try rig.tick(1)
                let client = try rig.client()
                for number in 1...3_000 {
                    let entries = (0..<8).map { Self.entry("tcp://127.0.0.1:\(1 + (number * 8 + $0) % 65_000)") }
                    try client.send(rig.message("shuffle", 1, []) + entries)
                    let answer = try #require(try client.next())
                    #expect(Self.names(answer).count <= 8 && !Self.names(answer).contains(rig.endpoint))
                }
                try Self.fence(rig)
            }
        }
    }
}
