import Foundation
import GossipCore
import Metainfo
import TestSupport
import Testing
import ZeroMQ

@testable import GossipNode

/// A download of which the info dictionary alone is known, opened again and again.
@Suite struct ProvenStoreTests {
    private let folder: TemporaryFolder
    private let workers: WorkerPool
    private let content = Samples.bytes(10 * 16_384 + 5)
    private let metafile: Metafile
    private let infoAlone: Metafile
    private let prover: ChunkProver
    private let part = Samples.name + ".part"
    private let journal = ".\(Samples.name).journal"
    private var hashes: String { ".\(metafile.infoHash).hashes" }
    private var copy: String { ".\(metafile.infoHash).torrent" }

    init() throws {
        folder = try TemporaryFolder()
        workers = try WorkerPool(threadCount: 2)
        metafile = try Samples.standard(content)
        infoAlone = Metafile(metafile.info, tracker: metafile.tracker)
        prover = ChunkProver(metafile)
    }

    /// Opens the download; the chunks that are there, and the bytes that were hashed to know.
    private func open(
        _ pace: ChunkJournal.Pace = .init()
    ) async throws -> (store: ChunkStore, held: [ChunkID], hashed: UInt64) {
        let hashed = Watched<UInt64>(0)
        let store = try await ChunkStore.resuming(infoAlone, in: folder.path, workers: workers, pace: pace) { done, _ in
            hashed.update { $0 = max($0, done) }
        }
        return (store, (0..<11).filter { store.heldAtStart.contains($0) }, hashed.current)
    }

    private func bytes(_ chunk: ChunkID) -> [UInt8] { Array(content.dropFirst(Int(chunk) * 16_384).prefix(16_384)) }

    /// Does with a chunk that came what the shell does.
    /// - Returns: whether it was found to be right, and written.
    @discardableResult
    private func take(_ chunk: ChunkID, _ store: ChunkStore, bytes: [UInt8]? = nil) throws -> Bool {
        let proof = try #require(prover.proof(of: chunk))
        return try (bytes ?? self.bytes(chunk)).withUnsafeBytes { bytes in
            guard try store.isValid(bytes, chunk, proof) else { return false }
            try store.write(bytes, chunk)
            return true
        }
    }

    @Test func aChunkIsRightByItsProofAndCanBeProvenAfterwards() async throws {
        let store = try await open().store
        #expect(throws: NodeError.self) { try store.proof(of: 4) }
        #expect(!store.knowsHash(of: 4) && !bytes(4).withUnsafeBytes { store.isValid($0, 4) })
        var wrong = bytes(4)
        wrong[9] ^= 1
        #expect(try !take(4, store, bytes: wrong))
        #expect(try !take(4, store, bytes: bytes(5)))
        #expect(try take(4, store))
        #expect(try store.proof(of: 4) == prover.proof(of: 4))
        #expect(bytes(4).withUnsafeBytes { store.isValid($0, 4) })
        // Its sibling's hash came along.
        #expect(store.knowsHash(of: 5) && !store.knowsHash(of: 6))
    }

    /// What the journal proves is not hashed again, what was written since is, and all of it can be proven to others.
    @Test func whatWasProvenIsStillKnownAfterACrash() async throws {
        do {
            let store = try await open(.init(bytes: 3 * 16_384, seconds: 1_000)).store
            for chunk: ChunkID in [7, 1, 2, 5, 10] { #expect(try take(chunk, store)) }
        }
        let again = try await open()
        #expect(again.held == [1, 2, 5, 7, 10])
        #expect(again.hashed == UInt64(content.count - 3 * 16_384))
        for chunk in again.held { #expect(try again.store.proof(of: chunk) == prover.proof(of: chunk)) }
    }

    /// Of a chunk whose hash was lost nobody can tell whether it is right: it is not held, whatever the journal says.
    @Test(arguments: ["removed", "of zeros", "of nonsense", "cut"])
    func withoutItsHashesNothingIsClaimed(what: String) async throws {
        do {
            let store = try await open(.init(bytes: 1, seconds: 1_000)).store
            for chunk: ChunkID in [7, 1, 10] { #expect(try take(chunk, store)) }
        }
        let size = try #require(folder.read(hashes)).count
        switch what {
        case "removed": try FileManager.default.removeItem(atPath: folder.path(hashes))
        case "of zeros": try folder.write(hashes, [UInt8](repeating: 0, count: size))
        case "of nonsense": try folder.write(hashes, Samples.bytes(size, seed: 7))
        default: try folder.write(hashes, Array(try #require(folder.read(hashes)).prefix(size - 1)))
        }
        let again = try await open()
        #expect(again.held == [])
        // It comes again, and is written over itself.
        #expect(try take(7, again.store))
        #expect(folder.read(part)?[7 * 16_384..<8 * 16_384].elementsEqual(bytes(7)) == true)
    }

    /// A chunk that was changed on the disk is noticed by the hash that its proof brought, unless the journal proves it.
    @Test func aDamagedChunkIsNotHeld() async throws {
        do {
            let store = try await open(.init(bytes: 1 << 30, seconds: 1_000)).store
            for chunk: ChunkID in [7, 1] { #expect(try take(chunk, store)) }
        }
        let file = try #require(FileHandle(forWritingAtPath: folder.path(part)))
        try file.seek(toOffset: 7 * 16_384)
        try file.write(contentsOf: [1, 2, 3])
        try file.close()
        #expect(try await open().held == [1])
    }

    /// All is there and not told: the hashes are what the chunks themselves have, for they lead to the root.
    @Test func aWholeDownloadNeedsNoHashesThatWereKept() async throws {
        try folder.write(part, content)
        let found = try await open()
        #expect(found.held.count == 11 && found.hashed == UInt64(content.count))
        // It has its name now, and the hashes are kept as an ordinary metafile.
        #expect(try folder.names == [copy, Samples.name])
        #expect(try Metafile(decoding: folder.read(copy) ?? []).chunkHashes == metafile.chunkHashes)
        #expect(try found.store.proof(of: 10) == prover.proof(of: 10))
    }

    @Test func inTheEndThereIsAnOrdinaryMetafile() async throws {
        try MetafileCopy.write(infoAlone, in: folder.path)
        let kept = MetafileCopy.readInfo(metafile.infoHash, in: folder.path, tracker: metafile.tracker)
        #expect(kept == infoAlone)
        let store = try await open().store
        for chunk: ChunkID in (0..<11).reversed() { #expect(try take(chunk, store)) }
        #expect(folder.exists(hashes) && folder.exists(journal))
        #expect(try store.finish())
        try store.settle()
        #expect(try folder.names == [copy, Samples.name])
        #expect(folder.read(Samples.name) == content)
        let whole = try #require(
            MetafileCopy.read(metafile.infoHash, in: folder.path, tracker: metafile.tracker))
        #expect(whole.chunkHashes == metafile.chunkHashes)
        // It goes on serving those who need proofs.
        #expect(try store.proof(of: 0) == prover.proof(of: 0))
        #expect(try bytes(3) == store.read(3).withUnsafeBytes { Array($0) })
    }

    @Test func aLinkIsNotWrittenThrough() async throws {
        let target = try folder.write("elsewhere", [1, 2, 3])
        try FileManager.default.createSymbolicLink(atPath: folder.path(hashes), withDestinationPath: target)
        let error = await #expect(throws: NodeError.self) { try await open() }
        #expect(error?.description.contains("is a symbolic link") == true)
        #expect(folder.read("elsewhere") == [1, 2, 3])
    }

    @Test func theAuditKnowsWhatTheProofsBrought() async throws {
        do {
            let store = try await open().store
            for chunk: ChunkID in [7, 1] { #expect(try take(chunk, store)) }
        }
        let findings = try await ChunkAudit(infoAlone, workers: workers).run(in: folder.path)
        #expect(findings.valid.count == 2 && findings.damaged.isEmpty && !findings.isWhole)
        #expect(try await ChunkAudit(metafile, workers: workers).run(in: folder.path).valid == findings.valid)
    }

    // MARK: Folders

    private static let files = ["a": 16_384 * 3, "b/c": 16_384 * 2 + 1, "b/d": 9, "e": 0, "f": 16_384 * 4]

    /// Some files of a folder, and then the others: each has a root of its own.
    @Test func filesThatAreNotWantedNeedNoHashes() async throws {
        let source = try TemporaryFolder()
        _ = try source.makeFolder("tree/b")
        for (name, size) in Self.files { try source.write("tree/\(name)", Samples.bytes(size, seed: UInt64(size))) }
        let whole = try Metafile.describing(
            source.path("tree"), chunkSize: 16_384, tracker: TrackerURI("tcp://127.0.0.1:6969"))
        let alone = Metafile(whole.info, tracker: whole.tracker)
        let prover = ChunkProver(whole)
        let names = whole.files.map { $0.path.joined(separator: "/") }
        #expect(names == ["a", "b/c", "b/d", "e", "f"])
        let keptHashes = ".\(whole.infoHash).hashes"

        func get(_ wanted: Set<Int>, expecting held: [ChunkID]) async throws {
            let store = try await ChunkStore.resuming(alone, in: folder.path, wanted: wanted, workers: workers)
            #expect((0..<whole.layout.chunkCount).filter { store.heldAtStart.contains($0) } == held)
            for file in wanted.sorted() {
                let bytes = Samples.bytes(Self.files[names[file]] ?? 0, seed: UInt64(Self.files[names[file]] ?? 0))
                for chunk in whole.layout.chunks(ofFile: file) where !store.heldAtStart.contains(chunk) {
                    let range = whole.layout.range(of: chunk)
                    let proof = try #require(prover.proof(of: chunk))
                    try bytes[Int(range.lowerBound)..<Int(range.upperBound)].withUnsafeBytes { bytes in
                        #expect(try store.isValid(bytes, chunk, proof))
                        try store.write(bytes, chunk)
                    }
                }
            }
            if try store.finish() { try store.settle() }
            for file in wanted {
                for chunk in whole.layout.chunks(ofFile: file) {
                    #expect(try store.proof(of: chunk) == prover.proof(of: chunk))
                }
            }
        }
        try await get([1, 2], expecting: [])
        #expect(try folder.names == [keptHashes, "tree"])
        // Nothing is there of the others, which is no reason to fetch these again.
        try await get([1, 2], expecting: [3, 4, 5, 6])
        try await get([0, 1, 2, 3, 4], expecting: [3, 4, 5, 6])
        #expect(try folder.names == [".\(whole.infoHash).torrent", "tree"])
        for (name, size) in Self.files {
            #expect(folder.read("tree/" + name) == Samples.bytes(size, seed: UInt64(size)), "\(name)")
        }
    }
}
