import GossipCore
import GossipNode
import GossipWire
import Metainfo
import TestSupport
import Testing
import ZeroMQ

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension TrackerTests {
    /// Fetching a metafile from a tracker that serves it, and from one that does anything else.
    @Suite struct Fetching {
        /// Fetches from a tracker node that serves `served`.
        private static func fetch(
            _ infoHash: InfoHash, from served: [Metafile], _ proofs: ProofUse = .never,
            patience: Duration = .seconds(30)
        ) async throws -> Metafile {
            try await Runtime.with { runtime in
                var configuration = TrackerNodeConfiguration(
                    bindEndpoint: "tcp://127.0.0.1:*", interval: .milliseconds(50), randomSeed: 1)
                for metafile in served { try configuration.metafiles.add(metafile) }
                let tracker = TrackerNode(
                    configuration, context: runtime.context, loop: runtime.loop, log: CapturedLog().logger)
                let endpoint = try await tracker.start().requests
                let fetch = MetafileFetch(
                    infoHash, from: try TrackerURI(endpoint), context: runtime.context, loop: runtime.loop,
                    patience: patience)
                let result = await Task { try await fetch.run(proofs) }.result
                await tracker.stop()
                return try result.get()
            }
        }

        @Test(arguments: [0, 9, 20_000])
        func theMetafileComesWhole(size: Int) async throws {
            let metafile = try Samples.metafile(Samples.bytes(size))
            let fetched = try await Self.fetch(metafile.infoHash, from: [metafile, try Samples.metafile()])
            #expect(fetched.infoHash == metafile.infoHash && fetched.verifier == metafile.verifier)
            // It meets where it came from, whatever its own bytes say.
            #expect(fetched.tracker != metafile.tracker && fetched.tracker.host == "127.0.0.1")
        }

        /// The info dictionary alone, where that is less and proofs are wanted.
        @Test func theInfoComesAloneWhereChunksAreProven() async throws {
            let large = try Samples.standard([UInt8](repeating: 7, count: 40 << 14))
            let alone = try await Self.fetch(large.infoHash, from: [large], .always)
            #expect(alone.lacksHashes && alone.infoHash == large.infoHash && alone.encoded == Array(large.info.encoded))
            #expect(alone.tracker.host == "127.0.0.1" && alone.tracker != large.tracker)
            for proofs in [ProofUse.never, .auto] {
                let whole = try await Self.fetch(large.infoHash, from: [large], proofs)
                #expect(whole.encoded == large.encoded && !whole.lacksHashes)
            }
            // Nothing to prove: one chunk, and hashes that are in the info dictionary.
            for metafile in [try Samples.standard([1, 2, 3]), try Samples.metafile(Samples.bytes(20_000))] {
                #expect(try await Self.fetch(metafile.infoHash, from: [metafile], .always).encoded == metafile.encoded)
            }
        }

        /// More than 1 MiB of piece layers, which a sparse file has as well as any.
        @Test func autoFetchesTheInfoAloneWhereTheLayersAreLarge() async throws {
            let folder = try TemporaryFolder()
            let path = try folder.write("large", [1])
            for (chunkCount, isAlone) in [(UInt64(32_768), false), (32_769, true)] {
                #expect(truncate(path, off_t(chunkCount << 14)) == 0)
                let metafile = try Metafile.describing(
                    path, chunkSize: 16_384, tracker: TrackerURI("tcp://127.0.0.1:6969"))
                #expect(metafile.info.layerByteCount == Int(chunkCount) * 32)
                let fetched = try await Self.fetch(metafile.infoHash, from: [metafile], .auto)
                #expect(fetched.lacksHashes == isAlone)
                #expect(fetched.infoHash == metafile.infoHash)
            }
        }

        @Test func anInfoThatIsNotThereIsNamed() async throws {
            let (asked, other) = (try Samples.metafile(), try Samples.metafile(Samples.bytes(3)))
            let error = await #expect(throws: NodeError.self) {
                try await Self.fetch(asked.infoHash, from: [other], .always)
            }
            #expect(error?.description.contains("this tracker has no metafile of \(asked.infoHash)") == true)
        }

        @Test func oneThatIsNotThereIsNamed() async throws {
            let (asked, other) = (try Samples.metafile(), try Samples.metafile(Samples.bytes(3)))
            let error = await #expect(throws: NodeError.self) { try await Self.fetch(asked.infoHash, from: [other]) }
            #expect(error?.description.contains("this tracker has no metafile of \(asked.infoHash)") == true)
        }

        /// Fetches from a fake tracker that answers the questions one by one.
        /// - Parameter patience: how long the fetch goes on without an answer.
        private static func fetch(
            _ proofs: ProofUse = .never, patience: Duration = .seconds(30),
            answers: @escaping @Sendable (UInt64) -> [[UInt8]]?
        ) async throws -> Metafile {
            try await Runtime.with { runtime in
                let metafile = try Samples.metafile()
                let endpoint = Watched("")
                let isOver = Watched(false)
                async let fetched: Metafile = {
                    let address = try await Task.detached {
                        #expect(endpoint.wait { !$0.isEmpty })
                        return try TrackerURI(endpoint.current)
                    }.value
                    let fetch = MetafileFetch(
                        metafile.infoHash, from: address, context: runtime.context, loop: runtime.loop,
                        answerTimeout: .milliseconds(50), patience: patience)
                    defer { isOver.update { $0 = true } }
                    return try await fetch.run(proofs)
                }()
                try await runtime.stage { stage in
                    let (socket, address) = try stage.bound(.router)
                    endpoint.update { $0 = address }
                    while !isOver.current {
                        guard let request = try socket.receive(timeout: .milliseconds(5)) else { continue }
                        let offset = request.last?.reduce(UInt64(0)) { $0 << 8 | UInt64($1) } ?? 0
                        guard let answer = answers(offset) else { continue }
                        // Who asked, which question it is, and the delimiter go first.
                        let envelope = request.prefix { !$0.isEmpty }
                        try socket.send(Array(envelope) + [[]] + answer)
                    }
                }
                return try await fetched
            }
        }

        struct Lie: Sendable, CustomTestStringConvertible {
            let testDescription: String
            let complaint: String
            let answer: @Sendable (UInt64) -> [[UInt8]]?
        }

        private static func part(_ total: UInt64, _ data: [UInt8]) throws -> [[UInt8]] {
            Frames.text("GT1", "metafile") + [try Samples.metafile().infoHash.bytes, Frames.number(total), data]
        }

        static let lies: [Lie] = [
            Lie(testDescription: "silence", complaint: "does not answer") { _ in nil },
            Lie(testDescription: "nonsense", complaint: "does not answer") { _ in [[1, 2, 3]] },
            Lie(testDescription: "another verb", complaint: "something that was not asked") { _ in
                Frames.text("GT1", "peers")
            },
            Lie(testDescription: "another torrent", complaint: "something that was not asked") { _ in
                Frames.text("GT1", "metafile", "other") + [Frames.number(UInt64(1)), [1]]
            },
            Lie(testDescription: "a verb unknown", complaint: "unknown-verb: never heard of it") { _ in
                Frames.text("GT1", "error", "unknown-verb", "never heard of it")
            },
            Lie(testDescription: "too much", complaint: "67108865 bytes; 67108864 (64 MiB) are the most") { _ in
                try? part(64 << 20 + 1, [1])
            },
            Lie(testDescription: "no data", complaint: "sent 0 bytes where 9 are missing") { _ in try? part(9, []) },
            Lie(testDescription: "more than all", complaint: "sent 10 bytes where 9 are missing") { _ in
                try? part(9, [UInt8](repeating: 1, count: 10))
            },
            Lie(testDescription: "a length that changes", complaint: "had 9 bytes, then 10") { offset in
                try? part(offset == 0 ? 9 : 10, [1])
            },
            Lie(testDescription: "nothing", complaint: "what is no metafile") { _ in try? part(0, []) },
            Lie(testDescription: "no metafile", complaint: "what is no metafile") { _ in try? part(2, [1, 2]) },
            Lie(testDescription: "another metafile", complaint: "it sent one of the info hash") { _ in
                guard let other = try? Samples.metafile(Samples.bytes(3)).encoded else { return nil }
                return try? part(UInt64(other.count), other)
            },
        ]

        @Test(arguments: lies)
        func liesAreNotBelieved(lie: Lie) async throws {
            let error = await #expect(throws: NodeError.self) {
                // Only one who never says anything is to be given up.
                try await Self.fetch(
                    patience: lie.complaint == "does not answer" ? .milliseconds(200) : .seconds(30),
                    answers: lie.answer)
            }
            #expect(error?.description.contains(lie.complaint) == true, "\(error.map(String.init(describing:)) ?? "")")
        }

        private static func infoPart(_ total: UInt64, _ data: [UInt8]) throws -> [[UInt8]] {
            Frames.text("GT1", "info") + [try Samples.metafile().infoHash.bytes, Frames.number(total), data]
        }

        static let infoLies: [Lie] = [
            Lie(testDescription: "a metafile", complaint: "something that was not asked") { _ in try? part(1, [1]) },
            Lie(testDescription: "an earlier version", complaint: "it does not know get_info") { _ in
                Frames.text("GT1", "error", "unknown-verb", "never heard of it")
            },
            Lie(testDescription: "too much", complaint: "67108865 bytes; 67108864 (64 MiB) are the most") { _ in
                try? infoPart(64 << 20 + 1, [1])
            },
            Lie(testDescription: "nothing", complaint: "what is no info dictionary") { _ in try? infoPart(0, []) },
            Lie(testDescription: "no dictionary", complaint: "what is no info dictionary") { _ in
                try? infoPart(2, [1, 2])
            },
            Lie(testDescription: "another info", complaint: "it sent one of the info hash") { _ in
                guard let other = try? Samples.metafile(Samples.bytes(3)).info.encoded else { return nil }
                return try? infoPart(UInt64(other.count), Array(other))
            },
        ]

        @Test(arguments: infoLies)
        func liesAboutTheInfoAreNotBelieved(lie: Lie) async throws {
            let error = await #expect(throws: NodeError.self) { try await Self.fetch(.always, answers: lie.answer) }
            #expect(error?.description.contains(lie.complaint) == true, "\(error.map(String.init(describing:)) ?? "")")
        }

        @Test func aLostAnswerIsAskedForAgain() async throws {
            let encoded = try Samples.metafile().encoded
            let asked = Watched(0)
            let fetched = try await Self.fetch { offset in
                let number = asked.update { count -> Int in
                    count += 1
                    return count
                }
                // Every other answer is lost.
                guard number % 2 == 0 else { return nil }
                return try? Self.part(UInt64(encoded.count), Array(encoded[Int(offset)...].prefix(200)))
            }
            #expect(try fetched.infoHash == Samples.metafile().infoHash)
            #expect(asked.current >= 4)
        }
    }
}
