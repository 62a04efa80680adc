import Foundation
import GossipCore
import Metainfo
import TestSupport
import Testing
import ZeroMQ

@testable import GossipNode

struct ChunkStoreTests {
    private let folder: TemporaryFolder
    private let workers: WorkerPool
    private var path: String { folder.path + "/" + Samples.name }

    init() throws {
        folder = try TemporaryFolder()
        workers = try WorkerPool(threadCount: 2)
    }

    private func complete(_ metafile: Metafile, at path: String) async throws -> ChunkStore {
        try await ChunkStore.complete(metafile, at: path, workers: workers)
    }

    private func resuming(_ metafile: Metafile, in folder: String) async throws -> ChunkStore {
        try await ChunkStore.resuming(metafile, in: folder, workers: workers)
    }

    private func error<Result>(_ body: () async throws -> Result) async -> NodeError? {
        do {
            _ = try await body()
            return nil
        } catch {
            return error as? NodeError
        }
    }

    private func bytes(_ store: ChunkStore, _ chunk: ChunkID) throws -> [UInt8] {
        try store.read(chunk).withUnsafeBytes { Array($0) }
    }

    private func write(_ text: String, _ chunk: ChunkID, to store: ChunkStore) throws {
        try Array(text.utf8).withUnsafeBytes { bytes in try store.write(bytes, chunk) }
    }

    // MARK: A seed's file

    @Test func aSeedFindsItsFileByPathOrByFolder() async throws {
        try folder.write(Samples.name, Samples.text)
        for place in [path, folder.path] {
            let store = try await complete(Samples.metafile(), at: place)
            #expect(store.heldAtStart == .full(chunkCount: 9))
            #expect(store.path == path)
            #expect(try (0..<9).flatMap { try bytes(store, $0) } == Samples.text)
        }
        #expect(try folder.names == [Samples.name])
    }

    @Test func aFileOfAnotherSizeIsRefused() async throws {
        try folder.write(Samples.name, Samples.text + [10])
        let error = await error { try await complete(try Samples.metafile(), at: path) }
        #expect(error?.code == .contents)
        #expect(error?.description == "\(path) has 10 bytes; the metafile describes a file of 9")
    }

    @Test func theFirstWrongChunkIsNamed() async throws {
        try folder.write(Samples.name, Array("GOToRReNT".utf8))
        let error = await error { try await complete(try Samples.metafile(), at: path) }
        #expect(error?.code == .contents)
        #expect(
            error?.description.hasPrefix("\(path): chunk 3 of 9 is not what the metafile describes (2 such") == true)
    }

    @Test func whatCannotBeServedIsNamed() async throws {
        _ = try folder.makeFolder(Samples.name)
        let metafile = try Samples.metafile()
        #expect(await error { try await complete(metafile, at: folder.path) }?.description == "\(path) is not a file")
        let absent = folder.path + "/absent"
        #expect(
            await error { try await complete(metafile, at: absent) }
                == NodeError(.storage, "cannot open \(absent): No such file or directory"))
    }

    @Test(.timeLimit(.minutes(5))) func aPipeIsNotWaitedFor() async throws {
        #expect(mkfifo(path, 0o600) == 0)
        #expect(
            await error { try await complete(try Samples.metafile(), at: path) }?.description == "\(path) is not a file"
        )
    }

    @Test func aFileThatBecameShorterIsNamed() async throws {
        let store = try await complete(
            try Samples.metafile(chunkSize: 4), at: try folder.write(Samples.name, Samples.text))
        #expect(truncate(path, 6) == 0)
        #expect(try bytes(store, 0) == Array("GOTO".utf8))
        // Half of it is there.
        let error = await error { try bytes(store, 1) }
        #expect(error?.code == .contents)
        #expect(error?.description == "\(path) became shorter while it was served; chunk 1 is gone")
    }

    // MARK: A peer's file

    @Test func aNewFileIsWrittenUnderATemporaryNameUntilItIsWhole() async throws {
        let target = folder.path + "/a/b/c"
        let store = try await resuming(try Samples.metafile(chunkSize: 4), in: target)
        #expect(store.heldAtStart == ChunkSet(chunkCount: 3))
        #expect(folder.read("a/b/c/\(Samples.name).part")?.count == 9)
        try write("T", 2, to: store)
        try write("GOTO", 0, to: store)
        #expect(try bytes(store, 0) == Array("GOTO".utf8))
        try write("RREN", 1, to: store)
        #expect(folder.read("a/b/c/\(Samples.name)") == nil)
        #expect(try store.finish())
        #expect(try !store.finish())
        #expect(folder.exists("a/b/c/.\(Samples.name).journal"), "it is not on the disk yet")
        try store.settle()
        try store.settle()
        #expect(!folder.exists("a/b/c/.\(Samples.name).journal"))
        #expect(folder.read("a/b/c/\(Samples.name)") == Samples.text)
        #expect(folder.read("a/b/c/\(Samples.name).part") == nil)
        // It is served on under its own name.
        #expect(try bytes(store, 2) == [84])
        #expect(store.path == target + "/" + Samples.name)
    }

    @Test(arguments: [
        ("GOTORRENT", "xxxxxxxxx"), ("G.T...EN.", "x.x...xx."), ("", "........."), ("GOTO", "xxxx....."),
        ("GOTORRENT and more", "xxxxxxxxx"), ("TNERROTOG", "....x...."),
    ])
    func whatIsThereFromAnEarlierRunIsVerifiedAnew(_ content: String, _ held: String) async throws {
        try folder.write(Samples.name + ".part", Array(content.utf8))
        let store = try await resuming(Samples.metafile(), in: folder.path)
        let found = (0..<9).map { store.heldAtStart.contains($0) ? "x" : "." }.joined()
        #expect(found == held)
        // One that turns out to be whole gets its name, and the right length, at once.
        let isWhole = !held.contains(".")
        #expect(try folder.names == (isWhole ? [Samples.name] : [".\(Samples.name).journal", Samples.name + ".part"]))
        #expect(folder.read(isWhole ? Samples.name : Samples.name + ".part")?.count == 9)
    }

    @Test func aCompleteFileIsTakenAsItIsAndNotOpenedForWriting() async throws {
        try folder.write(Samples.name, Samples.text)
        let store = try await resuming(Samples.metafile(), in: folder.path)
        #expect(store.heldAtStart.isComplete)
        try write("X", 0, to: store)
        #expect(folder.read(Samples.name) == Samples.text)
        #expect(try folder.names == [Samples.name])
    }

    @Test(arguments: ["GOTORRENS", "short", ""])
    func anotherFileOfTheNameIsLeftAlone(_ content: String) async throws {
        try folder.write(Samples.name, Array(content.utf8))
        let error = await error { try await resuming(try Samples.metafile(), in: folder.path) }
        #expect(error?.code == .contents)
        #expect(
            error?.description
                == "\(path) is there and is another file; move it away, or choose another output folder")
        #expect(folder.read(Samples.name) == Array(content.utf8))
        #expect(try folder.names == [Samples.name])
    }

    @Test func aFolderInTheWayIsNamed() async throws {
        _ = try folder.makeFolder(Samples.name)
        #expect(
            await error { try await resuming(try Samples.metafile(), in: folder.path) }
                == NodeError(.storage, "\(path) is a folder; the torrent is a file of that name"))
        _ = try folder.makeFolder("other/\(Samples.name).part")
        let error = await error { try await resuming(try Samples.metafile(), in: folder.path + "/other") }
        #expect(error?.description == "cannot open \(folder.path)/other/\(Samples.name).part: Is a directory")
    }

    @Test func aFolderThatCannotBeMadeIsNamed() async throws {
        let file = try folder.write("file", [1])
        let metafile = try Samples.metafile()
        #expect(
            await error { try await resuming(metafile, in: file) }
                == NodeError(.storage, "cannot create the folder \(file): a file is there"))
        #expect(await error { try await resuming(metafile, in: file + "/a/b") }?.description.contains(file) == true)
        #if os(Linux)
            #expect(
                await error { try await resuming(metafile, in: "/proc/gotorrent") }
                    == NodeError(.storage, "cannot create the folder /proc/gotorrent: No such file or directory"))
            #expect(
                await error { try await resuming(metafile, in: "/proc") }?.description.hasPrefix(
                    "cannot open /proc/\(Samples.name).part: ") == true)
        #endif
    }

    @Test func anEmptyFileIsWholeAtOnce() async throws {
        let metafile = try Samples.metafile([])
        #expect(try await resuming(metafile, in: folder.path).heldAtStart.isComplete)
        #expect(folder.read(Samples.name) == [])
        #expect(try folder.names == [Samples.name])
        // As it is when it is there already, and at a seed.
        #expect(try await resuming(metafile, in: folder.path).heldAtStart.isComplete)
        #expect(try await complete(metafile, at: path).heldAtStart.isComplete)
    }

    @Test func onlyTheRightBytesOfAChunkAreValid() async throws {
        let store = try await resuming(try Samples.metafile(chunkSize: 4), in: folder.path)
        func isValid(_ text: String, _ chunk: ChunkID) -> Bool {
            Array(text.utf8).withUnsafeBytes { store.isValid($0, chunk) }
        }
        #expect(isValid("GOTO", 0))
        #expect(isValid("T", 2))
        #expect(!isValid("RREN", 0))
        #expect(!isValid("GOT", 0))
        #expect(!isValid("T...", 2))
        #expect(!isValid("", 2))
        #expect(!isValid("GOTO", 3))
    }
}
