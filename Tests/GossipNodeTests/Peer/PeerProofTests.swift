import GossipCore
import GossipNode
import GossipWire
import Metainfo
import TestSupport
import Testing
import ZeroMQ

extension PeerTests {
    /// Chunks with their proofs over sockets, word for word.
    @Suite struct Proofs {
        private static let content = Samples.bytes(5 * 16_384 + 7)
        private static let bulk = GossipParameters(
            style: .pushPull, fanout: 1, chunkSelection: .rarestFirst, separation: .relaxed, exchange: .bulk)

        private static func settings(_ role: NodeRole, _ gossip: GossipParameters) -> NodeRig.Settings {
            NodeRig.Settings(
                role: role, content: content, chunkSize: 16_384, isStandard: true, knowsInfoAlone: role == .peer,
                gossip: gossip, neighbourCount: role == .peer ? 1 : 0)
        }

        private static func bytes(_ chunk: UInt32) -> [UInt8] {
            Array(content.dropFirst(Int(chunk) * 16_384).prefix(16_384))
        }

        private static func proof(_ chunk: UInt32, _ rig: NodeRig) throws -> [UInt8] {
            try #require(ChunkProver(rig.metafile).proof(of: chunk)).encoded
        }

        private static func proven(
            _ rig: NodeRig, _ cycle: UInt64, _ chunk: UInt32, proof: [UInt8]? = nil, bytes: [UInt8]? = nil
        ) throws -> [[UInt8]] {
            rig.message(
                "proven", cycle, Frames.number(chunk), try proof ?? Self.proof(chunk, rig), bytes ?? Self.bytes(chunk))
        }

        private static func chunks(_ frame: [UInt8]?) -> [UInt32] {
            let bytes = frame ?? []
            return stride(from: 0, to: bytes.count, by: 4).map { start in
                bytes[start..<start + 4].reduce(0) { $0 << 8 | UInt32($1) }
            }
        }

        // MARK: One who holds everything

        @Test func aPullIsAnsweredWithTheProof() async throws {
            try await NodeRig.run(Self.settings(.seed, GossipParameters(style: .pull, fanout: 1))) { rig in
                try rig.tick(1)
                let client = try rig.client()
                for chunk: UInt32 in [0, 3, 5] {
                    try client.send(rig.message("pull_proven", 1, Frames.number(chunk)))
                    #expect(try client.next() == Self.proven(rig, 1, chunk))
                }
                // The word that is not new is answered as ever.
                try client.send(rig.pull(1, 5))
                #expect(try client.next() == rig.message("chunk", 1, Frames.number(UInt32(5)), Self.bytes(5)))
                try client.send(rig.message("pull_proven", 1, Frames.number(UInt32(6))))
                #expect(Frames.errorCode(try client.next()) == "malformed")
            }
        }

        @Test func aWishIsGrantedWithTheProofsThatItAsksFor() async throws {
            try await NodeRig.run(Self.settings(.seed, Self.bulk)) { rig in
                try rig.tick(1)
                let client = try rig.client()
                let nothing = [UInt8](repeating: 0, count: 12) + [1, 0]
                try client.send(rig.message("exchange", 1, Array("tcp://127.0.0.1:1".utf8), nothing, []))
                func next(_ verb: String) throws -> [[UInt8]] {
                    while let message = try client.next() {
                        if message[1] == Array(verb.utf8) { return message }
                        // What is granted meanwhile is not wanted.
                        #expect(["exchange", "grant", "got"].contains(String(decoding: message[1], as: UTF8.self)))
                    }
                    throw FakeBus.Missing(verb)
                }
                _ = try next("grant")
                try client.send(rig.message("want_proven", 1, Frames.number(UInt32(4)) + Frames.number(UInt32(1))))
                #expect(try next("proven") == Self.proven(rig, 1, 4))
                #expect(try next("proven") == Self.proven(rig, 1, 1))
                try client.send(rig.message("ready", 1))
                _ = try next("grant")
                try client.send(rig.message("want", 1, Frames.number(UInt32(2))))
                #expect(try next("chunk") == rig.message("chunk", 1, Frames.number(UInt32(2)), Self.bytes(2)))
            }
        }

        // MARK: One who knows the info dictionary alone

        /// Plays the one source of a node that exchanges in bulk: opens, and grants as much as there is.
        private static func open(_ rig: NodeRig, _ cycle: UInt64) throws {
            let source = rig.neighbours[0]
            let opening = try source.next()
            #expect(opening[1] == Array("exchange".utf8))
            let everything = [UInt8](repeating: 0, count: 7) + [9, 0, 0, 0, 6, 0]
            try source.send(rig.message("exchange", cycle, everything, [], []))
        }

        /// Grants some chunks, and returns those that are wanted.
        private static func grant(_ rig: NodeRig, _ cycle: UInt64, _ credit: UInt32, _ suggested: UInt32) throws
            -> [UInt32]
        {
            let source = rig.neighbours[0]
            try source.send(
                rig.message("grant", cycle, Frames.number(credit), Frames.number(suggested)))
            while true {
                let request = try source.next()
                guard request[1] != Array("ready".utf8) else { continue }
                #expect(request[1] == Array("want_proven".utf8))
                return chunks(request.last)
            }
        }

        @Test func whatCameWithItsProofIsHeldAndProvenToOthers() async throws {
            try await NodeRig.run(Self.settings(.peer, Self.bulk)) { rig in
                try rig.tick(1)
                try Self.open(rig, 1)
                let wanted = try Self.grant(rig, 1, 2, 3)
                #expect(wanted.count == 2 && wanted.contains(3))
                for chunk in wanted { try rig.neighbours[0].send(Self.proven(rig, 1, chunk)) }
                try rig.fence(rig.neighbours[0])
                let report = try rig.tick(2)
                #expect(report.messages.useful == 2 && report.chunksHeld == 2 && report.messages.corrupt == 0)

                let client = try rig.client()
                try client.send(rig.message("pull_proven", 2, Frames.number(UInt32(3))))
                #expect(try client.next() == Self.proven(rig, 2, 3))
                // Who knows the hashes asks as ever.
                try client.send(rig.pull(2, 3))
                #expect(try client.next() == rig.message("chunk", 2, Frames.number(UInt32(3)), Self.bytes(3)))
            }
        }

        enum Fault: String, CaseIterable {
            case wrongBytes, wrongProof, shortProof, noProof, proofOfAnother
        }

        @Test(arguments: Fault.allCases)
        func whatIsNotProvenIsCorrupt(fault: Fault) async throws {
            try await NodeRig.run(Self.settings(.peer, Self.bulk)) { rig in
                try rig.tick(1)
                try Self.open(rig, 1)
                let chunk = try #require(try Self.grant(rig, 1, 1, 2).first)
                let proof = try Self.proof(chunk, rig)
                var (wrongProof, wrongBytes) = (proof, Self.bytes(chunk))
                wrongProof[40] ^= 1
                wrongBytes[100] ^= 1
                let message =
                    switch fault {
                    case .wrongBytes: try Self.proven(rig, 1, chunk, bytes: wrongBytes)
                    case .wrongProof: try Self.proven(rig, 1, chunk, proof: wrongProof)
                    case .shortProof: try Self.proven(rig, 1, chunk, proof: Array(proof.dropLast(32)))
                    case .noProof: rig.message("chunk", 1, Frames.number(chunk), Self.bytes(chunk))
                    case .proofOfAnother: try Self.proven(rig, 1, chunk, proof: Self.proof((chunk + 1) % 6, rig))
                    }
                try rig.neighbours[0].send(message)
                try rig.fence(rig.neighbours[0])
                let report = try rig.tick(2)
                #expect(report.messages.corrupt == 1 && report.chunksHeld == 0 && report.messages.useful == 0)
                let line = try #require(rig.log.lines(saying: "wrong bytes").first)
                #expect(line.metadata["peer"] == rig.neighbours[0].reference.description)
                #expect(rig.folder.read(Samples.name + ".part") == [UInt8](repeating: 0, count: Self.content.count))
            }
        }

        /// A proof that is none of a bounded number of whole hashes is no message of the protocol.
        @Test(arguments: [31, 33, 33 * 32])
        func bytesThatAreNoProofAreRefused(size: Int) async throws {
            try await NodeRig.run(Self.settings(.peer, Self.bulk)) { rig in
                try rig.tick(1)
                try Self.open(rig, 1)
                let chunk = try #require(try Self.grant(rig, 1, 1, 2).first)
                try rig.neighbours[0].send(
                    Self.proven(rig, 1, chunk, proof: [UInt8](repeating: 1, count: size)))
                try rig.fence(rig.neighbours[0])
                let report = try rig.tick(2)
                // The message, and the fence.
                #expect(report.messages.refused == 2 && report.messages.corrupt == 0 && report.chunksHeld == 0)
            }
        }

        /// Who pushes a chunk does not know that its hash is not known here: that is no wrong chunk. Once its neighbour
        /// came with a proof, it is.
        @Test func pushesAreRefusedUntilTheHashIsKnown() async throws {
            try await NodeRig.run(Self.settings(.peer, Self.bulk)) { rig in
                try rig.tick(1)
                let client = try rig.client()
                try client.send(rig.push(1, 2, Self.bytes(2)))
                try client.send(rig.pull(1, 2))
                #expect(try client.next()?[1] == Array("none".utf8))
                try Self.open(rig, 1)
                #expect(try Self.grant(rig, 1, 1, 3) == [3])
                try rig.neighbours[0].send(Self.proven(rig, 1, 3))
                try rig.fence(rig.neighbours[0])
                // Chunks 2 and 3 lie below one node.
                try client.send(rig.push(1, 2, Self.bytes(2)))
                try client.send(rig.pull(1, 2))
                #expect(try client.next()?[1] == Array("chunk".utf8))
                let report = try rig.tick(2)
                #expect(report.messages.refused == 2 && report.messages.useful == 2 && report.messages.corrupt == 0)
            }
        }

        @Test func pullsOfSingleChunksAskForProofsToo() async throws {
            let gossip = GossipParameters(style: .pull, fanout: 1)
            try await NodeRig.run(Self.settings(.peer, gossip)) { rig in
                try rig.tick(1)
                let request = try rig.neighbours[0].answer { request in
                    guard let chunk = Self.chunks(request.last).first else { return nil }
                    return try? Self.proven(rig, 1, chunk)
                }
                #expect(request[1] == Array("pull_proven".utf8))
                try rig.fence(rig.neighbours[0])
                let report = try rig.tick(2)
                #expect(report.messages.useful == 1 && report.chunksHeld == 1)
            }
        }

        @Test func whereProofsCannotTravelTheNodeDoesNotStart() async throws {
            for gossip in [
                GossipParameters(style: .push, fanout: 1), GossipParameters(style: .pull, chunkSelection: .coded),
            ] {
                let folder = try TemporaryFolder()
                let metafile = try Samples.standard(Self.content)
                try await Runtime.with { runtime in
                    let configuration = PeerNodeConfiguration(
                        name: "node", role: .peer, metafile: Metafile(metafile.info, tracker: metafile.tracker),
                        gossip: gossip, randomSeed: 1)
                    let node = PeerNode(
                        configuration, context: runtime.context, loop: runtime.loop, workers: runtime.workers,
                        log: CapturedLog().logger)
                    let error = await #expect(throws: NodeError.self) { try await node.run(dataPath: folder.path) }
                    #expect(error?.description.contains("fetch the whole metafile") == true)
                }
                #expect(try folder.names == [])
            }
        }
    }
}
