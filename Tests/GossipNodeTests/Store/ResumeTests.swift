import Foundation
import GossipCore
import Metainfo
import TestSupport
import Testing

@testable import GossipNode

/// What a download knows when it is opened again.
@Suite struct ResumeTests {
    private let folder: TemporaryFolder
    private let workers: WorkerPool
    private let content = Samples.bytes(40_000)
    private let metafile: Metafile
    private let part = Samples.name + ".part"
    private let journal = ".\(Samples.name).journal"

    init() throws {
        folder = try TemporaryFolder()
        workers = try WorkerPool(threadCount: 2)
        metafile = try Samples.metafile(content, chunkSize: 4_096)
    }

    /// Opens the download; the chunks that are there, and the bytes that were hashed to know.
    private func open(
        _ pace: ChunkJournal.Pace = .init()
    ) async throws -> (store: ChunkStore, held: [ChunkID], hashed: UInt64) {
        let hashed = Watched<UInt64>(0)
        let store = try await ChunkStore.resuming(metafile, in: folder.path, workers: workers, pace: pace) { done, _ in
            hashed.update { $0 = max($0, done) }
        }
        return (store, (0..<10).filter { store.heldAtStart.contains($0) }, hashed.current)
    }

    private func write(_ chunks: [ChunkID], to store: ChunkStore) throws {
        for chunk in chunks {
            let start = Int(chunk) * 4_096
            try content[start..<min(start + 4_096, content.count)].withUnsafeBytes { bytes in
                try store.write(bytes, chunk)
            }
        }
    }

    @Test func aNewDownloadHashesNothing() async throws {
        let new = try await open()
        #expect(new.held == [] && new.hashed == 0)
    }

    /// What the journal proves is not hashed again; what was written after its last word is.
    @Test func onlyWhatIsNotProvenIsHashedAgain() async throws {
        do {
            let store = try await open(.init(bytes: 3 * 4_096, seconds: 1_000)).store
            try write([7, 1, 2, 5, 3], to: store)
        }
        let again = try await open()
        #expect(again.held == [1, 2, 3, 5, 7])
        #expect(again.hashed == UInt64(content.count - 3 * 4_096))
    }

    @Test(arguments: ["removed", "cut", "of another file"])
    func withoutItsJournalEverythingIsHashed(what: String) async throws {
        do {
            let store = try await open(.init(bytes: 1, seconds: 1_000)).store
            try write([7, 1], to: store)
        }
        switch what {
        case "removed": try FileManager.default.removeItem(atPath: folder.path(journal))
        case "cut": try folder.write(journal, Array(try #require(folder.read(journal)).dropLast()))
        default:
            let bytes = try #require(folder.read(part))
            try FileManager.default.moveItem(atPath: folder.path(part), toPath: folder.path("kept"))
            try folder.write(part, bytes)
        }
        let again = try await open()
        #expect(again.held == [1, 7] && again.hashed == UInt64(content.count))
    }

    /// A journal must not claim what is in no file.
    @Test func aFileThatWasRemovedProvesNothing() async throws {
        do {
            let store = try await open(.init(bytes: 1, seconds: 1_000)).store
            try write([7, 1], to: store)
        }
        try FileManager.default.removeItem(atPath: folder.path(part))
        let again = try await open()
        #expect(again.held == [] && again.hashed == 0)
    }

    /// The machine lost its power after the file got its name and before it was on the disk.
    @Test func aFileThatIsNotKnownToBeOnTheDiskIsLookedAtAgain() async throws {
        do {
            let store = try await open(.init(bytes: 1 << 20, seconds: 1_000)).store
            try write(Array(0..<10), to: store)
            #expect(try store.finish())
        }
        var bytes = try #require(folder.read(Samples.name))
        bytes[5_000] ^= 1
        let file = try #require(FileHandle(forWritingAtPath: folder.path(Samples.name)))
        try file.write(contentsOf: bytes)
        try file.close()
        let again = try await open()
        #expect(again.held == [0, 2, 3, 4, 5, 6, 7, 8, 9])
        #expect(try folder.names == [journal, part])
        try write([1], to: again.store)
        #expect(try again.store.finish())
        try again.store.settle()
        #expect(try folder.names == [Samples.name])
        #expect(folder.read(Samples.name) == content)
    }

    /// Until then it has its name and still a journal, as after a loss of power.
    @Test func aFileThatAnotherOneIsAboutToFinishIsLeftAlone() async throws {
        let first = try await open(.init(bytes: 1 << 20, seconds: 1_000)).store
        try write(Array(0..<10), to: first)
        #expect(try first.finish())
        let refusal = await #expect(throws: NodeError.self) { try await open() }
        #expect(refusal?.description.contains("is being written by another process") == true)
        #expect(try folder.names == [journal, Samples.name])
        try first.settle()
        #expect(try await open().held == Array(0..<10))
        #expect(try folder.names == [Samples.name])
    }

    /// A second copy of the last chunk may be written while the download is finished.
    @Test func aJournalThatIsRemovedIsNotWrittenAgain() async throws {
        let place = try #require(FileIdentity(path: folder.path))
        let late = ChunkJournal(
            folder.path(journal), metafile, place: place, written: ChunkSet(chunkCount: 10), dirtyFiles: [])
        let files = TorrentFiles(metafile, root: folder.path(part), .writing)
        try late.prove(files)
        #expect(folder.exists(journal))
        late.remove()
        _ = late.noteWritten(1, file: 0, byteCount: 4_096)
        try late.prove(files)
        #expect(!folder.exists(journal))
    }

    /// Whoever writes without waiting for the disk is told once that it is time to.
    @Test func theTimeToProveIsToldOnceUntilItWasDone() async throws {
        let place = try #require(FileIdentity(path: folder.path))
        let journal = ChunkJournal(
            folder.path(journal), metafile, place: place, written: ChunkSet(chunkCount: 10), dirtyFiles: [],
            pace: .init(bytes: 8_192, seconds: 1_000))
        let files = TorrentFiles(metafile, root: folder.path(part), .writing)
        let told = (0..<4).map { journal.noteWritten(ChunkID($0), file: 0, byteCount: 4_096) }
        #expect(told == [false, true, false, false])
        #expect(!folder.exists(self.journal))
        try journal.prove(files)
        #expect(folder.exists(self.journal))
        #expect((4..<7).map { journal.noteWritten(ChunkID($0), file: 0, byteCount: 4_096) } == [false, true, false])
    }

    @Test func twoProcessesDoNotWriteToOneFile() async throws {
        let first = try await open().store
        let error = await #expect(throws: NodeError.self) { try await open() }
        #expect(
            error?.description
                == "\(folder.path(part)) is being written by another process; choose another output folder")
        withExtendedLifetime(first) {}
    }

    @Test(arguments: [Samples.name + ".part"]) func aLinkIsNotWrittenThrough(name: String) async throws {
        let target = try folder.write("elsewhere", [1, 2, 3])
        try FileManager.default.createSymbolicLink(atPath: folder.path(name), withDestinationPath: target)
        let error = await #expect(throws: NodeError.self) { try await open() }
        #expect(error?.description.contains("\(name) is a symbolic link") == true)
        #expect(folder.read("elsewhere") == [1, 2, 3])
    }

    /// Zeros need not be written where nothing ever was, and must be where something else is.
    @Test func chunksOfZerosAreThere() async throws {
        let zeros = [UInt8](repeating: 0, count: 8_192)
        let metafile = try Samples.metafile(zeros, chunkSize: 4_096)
        for before in [nil, [UInt8](repeating: 1, count: 8_192)] {
            let name = before == nil ? "new" : "old"
            let path = try folder.makeFolder(name)
            if let before { try folder.write(name + "/" + part, before) }
            let store = try await ChunkStore.resuming(metafile, in: path, workers: workers)
            for chunk in ChunkID(0)..<2 { try zeros[..<4_096].withUnsafeBytes { try store.write($0, chunk) } }
            #expect(try store.finish())
            #expect(folder.read(name + "/" + Samples.name) == zeros)
        }
    }
}
