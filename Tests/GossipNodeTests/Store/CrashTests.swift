#if os(Linux)
    import Foundation
    import GossipCore
    import Metainfo
    import TestSupport
    import Testing

    @testable import GossipNode

    /// A process that writes a download is killed at any moment, many times over.
    @Suite struct CrashTests {
        private static let chunkSize = 4_096
        /// The smallest that BEP 52 has proofs for.
        private static let provenChunkSize = 16_384

        /// `GOTORRENT_CRASHES` names another number of kills.
        private static let crashCount =
            ProcessInfo.processInfo.environment["GOTORRENT_CRASHES"].flatMap { Int($0) } ?? 100

        private let folder: TemporaryFolder
        private let workers: WorkerPool
        /// Waits for the writer: a test that blocks holds up all others.
        private let killing: WorkerPool
        private let content = Samples.bytes(4 << 20)
        private var journal: String { folder.path("out/.\(Samples.name).journal") }

        init() throws {
            folder = try TemporaryFolder()
            workers = try WorkerPool(threadCount: 2)
            killing = try WorkerPool(threadCount: 1)
            try folder.write("content", content)
        }

        /// Nothing that was written before is lost, and nothing is claimed that is not there.
        @Test(.timeLimit(.minutes(10))) func aKilledWriterLosesNothingAndClaimsNothing() async throws {
            let metafile = try Samples.metafile(content, chunkSize: UInt32(Self.chunkSize))
            try await killWriters(of: metafile, metafile, [])
        }

        /// Who knows the info dictionary alone knows after each crash the hash of every chunk that was written, and can
        /// prove it.
        @Test(.timeLimit(.minutes(10))) func norDoesOneThatNeedsProofs() async throws {
            let whole = try Samples.standard(content, chunkSize: UInt32(Self.provenChunkSize))
            let prover = ChunkProver(whole)
            try await killWriters(of: whole, Metafile(whole.info, tracker: whole.tracker), ["proofs"]) { store in
                store.heldAtStart.forEachMember { chunk in
                    let proof = try? store.proof(of: chunk)
                    #expect(proof != nil && proof == prover.proof(of: chunk))
                }
            }
        }

        /// - Parameters:
        ///   - whole: what the writer reads.
        ///   - metafile: what the download knows.
        ///   - options: what else the writer is told.
        ///   - check: looks at a store that was opened after a crash.
        private func killWriters(
            of whole: Metafile, _ metafile: Metafile, _ options: [String], _ check: (ChunkStore) -> Void = { _ in }
        ) async throws {
            try folder.write("torrent", whole.encoded)
            var dice = RandomGenerator(seed: 4)
            var finished = 0
            var written: Set<ChunkID> = []
            for crash in 0..<Self.crashCount {
                let (delay, seed) = (Int(dice.next() % 20_000), dice.next())
                let said = try await killing.perform { Result { try kill(after: delay, seed: seed, options) } }.get()
                written.formUnion(said)
                if StoredFile.exists(folder.path("out/" + Samples.name)) {
                    finished += 1
                    try start()
                    written = []
                    continue
                }
                try checkJournal(crash, metafile)
                // Looking at everything costs more than dying.
                guard crash.isMultiple(of: 10) else { continue }
                let store = try await ChunkStore.resuming(metafile, in: folder.path("out"), workers: workers)
                let missing = written.filter { !store.heldAtStart.contains($0) }
                check(store)
                #expect(missing.isEmpty, "kill \(crash) lost chunks that were written: \(missing.sorted())")
            }
            #expect(finished > 0, "some runs must come to the end")
            print("\(Self.crashCount) kills, \(finished) runs came to their end")
        }

        private func start() throws {
            try FileManager.default.removeItem(atPath: folder.path("out"))
        }

        /// Starts the writer, kills it, and returns what it said that it had written.
        private func kill(after microseconds: Int, seed: UInt64, _ options: [String]) throws -> [ChunkID] {
            let writer = Process()
            let output = Pipe()
            writer.executableURL = URL(fileURLWithPath: BuiltProgram.path("store-writer"))
            writer.arguments =
                ["torrent", "content", "out", "\(seed)"].map { folder.path($0) }.dropLast() + ["\(seed)"] + options
            writer.standardOutput = output
            try writer.run()
            // The first line says that the store is open.
            var text = output.fileHandleForReading.availableData
            usleep(useconds_t(microseconds))
            Glibc.kill(writer.processIdentifier, SIGKILL)
            text.append(output.fileHandleForReading.readDataToEndOfFile())
            writer.waitUntilExit()
            let lines = String(decoding: text, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
            // What comes after the last line's end is half a number.
            return lines.dropLast().compactMap { ChunkID($0) }
        }

        /// Every chunk that the journal proves has the right bytes.
        private func checkJournal(_ crash: Int, _ metafile: Metafile) throws {
            let part = folder.path("out/\(Samples.name).part")
            guard let place = FileIdentity(path: part) else { return }
            let proven = ChunkJournal.proven(at: journal, metafile, place: place)
            let file = try StoredFile(path: part, .reading)
            let chunkSize = Int(metafile.layout.chunkSize)
            var bytes = [UInt8](repeating: 0, count: chunkSize)
            proven.forEachMember { chunk in
                let start = Int(chunk) * chunkSize
                let isThere = try? bytes.withUnsafeMutableBytes { try file.read(into: $0, at: UInt64(start)) }
                #expect(
                    isThere == true && bytes[...] == content[start..<start + chunkSize],
                    "after kill \(crash) the journal claims chunk \(chunk), which is not there")
            }
        }
    }
#endif
