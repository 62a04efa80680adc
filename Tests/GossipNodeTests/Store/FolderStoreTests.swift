import Foundation
import GossipCore
import Metainfo
import TestSupport
import Testing
import ZeroMQ

@testable import GossipNode

/// Torrents of many files on the disk.
@Suite struct FolderStoreTests {
    private let folder: TemporaryFolder
    private let workers: WorkerPool
    private let metafile: Metafile
    private static let files: [(name: String, size: Int)] = [
        ("a/one", 40_000), ("a/b/two", 16_384), ("empty", 0), ("three", 5),
    ]

    init() throws {
        folder = try TemporaryFolder()
        workers = try WorkerPool(threadCount: 2)
        for (number, file) in Self.files.enumerated() {
            _ = try folder.makeFolder("in/set/" + (file.name.contains("/b/") ? "a/b" : "a"))
            try folder.write("in/set/" + file.name, Samples.bytes(file.size, seed: UInt64(number)))
        }
        metafile = try Metafile.describing(
            folder.path("in/set"), chunkSize: 16_384, tracker: TrackerURI("tcp://127.0.0.1:6969"))
    }

    private func complete(_ place: String = "in/set") async throws -> ChunkStore {
        try await ChunkStore.complete(metafile, at: folder.path(place), workers: workers)
    }

    private func resuming() async throws -> ChunkStore {
        try await ChunkStore.resuming(metafile, in: folder.path("out"), workers: workers)
    }

    private func copy(_ chunks: some Sequence<ChunkID>, from source: ChunkStore, to target: ChunkStore) throws {
        for chunk in chunks {
            let message = try source.read(chunk)
            try message.withUnsafeBytes { bytes throws(NodeError) in try target.write(bytes, chunk) }
        }
    }

    @Test(arguments: ["in", "in/set"]) func aSeedFindsTheFolderByItselfOrByTheOneAbove(place: String) async throws {
        let store = try await complete(place)
        #expect(store.heldAtStart.isComplete && store.heldAtStart.chunkCount == 5)
        #expect(store.path == folder.path("in/set"))
    }

    @Test func everyFileArrives() async throws {
        let seed = try await complete()
        let peer = try await resuming()
        #expect(
            try FileManager.default.subpathsOfDirectory(atPath: folder.path("out/set.part")).sorted()
                == ["a", "a/b", "a/b/two", "a/one", "empty", "three"])
        try copy((0..<5).reversed(), from: seed, to: peer)
        #expect(try peer.finish())
        try peer.settle()
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("out")) == ["set"])
        for file in Self.files {
            #expect(folder.read("out/set/" + file.name) == folder.read("in/set/" + file.name))
        }
        // It is served on under its own name, and found whole by the next run.
        #expect(try peer.read(4).count > 0)
        #expect(try await resuming().heldAtStart.isComplete)
    }

    @Test func whatIsThereIsKept() async throws {
        do { try copy([0, 3], from: try await complete(), to: try await resuming()) }
        let again = try await resuming()
        #expect((0..<5).filter { again.heldAtStart.contains($0) } == [0, 3])
    }

    @Test func aFileThatIsGoneOrOfAnotherSizeIsNamed() async throws {
        try folder.write("in/set/three", "12")
        let size = await #expect(throws: NodeError.self) { try await complete() }
        #expect(size?.description.hasPrefix("\(folder.path("in/set/three")) has 2 bytes") == true)
        try FileManager.default.removeItem(atPath: folder.path("in/set/three"))
        let absence = await #expect(throws: NodeError.self) { try await complete() }
        #expect(absence?.description == "cannot open \(folder.path("in/set/three")): No such file or directory")
    }

    @Test func aChangedFileIsNamedAndNotServed() async throws {
        let seed = try await complete()
        let path = folder.path("in/set/three")
        try folder.write("in/set/three", Samples.bytes(5, seed: 99))
        let chunk = ChunkID(4)
        let error = #expect(throws: NodeError.self) { _ = try seed.read(chunk) }
        #expect(error?.description == "\(path) was changed while it was served; chunk 4 is not what it was")
        // One that has other times and the same bytes is served on.
        try folder.write("in/set/three", Samples.bytes(5, seed: 3))
        #expect(try seed.read(chunk).count == 5)
    }

    /// Whoever may write to the output folder could else lead the download out of it.
    @Test(arguments: ["set.part", "set.part/a", "set.part/a/b", "set.part/three"])
    func linksAreNotFollowed(place: String) async throws {
        let outside = try folder.makeFolder("outside")
        _ = try folder.makeFolder("out/" + (place as NSString).deletingLastPathComponent)
        try FileManager.default.createSymbolicLink(
            atPath: folder.path("out/" + place), withDestinationPath: outside)
        let error = await #expect(throws: NodeError.self) { try await resuming() }
        #expect(error?.description.contains("\(place) is a symbolic link") == true)
        #expect(try FileManager.default.contentsOfDirectory(atPath: outside) == [])
    }

    @Test func aFileInTheWayOfAFolderIsNamed() async throws {
        _ = try folder.makeFolder("out")
        try folder.write("out/set", "x")
        let error = await #expect(throws: NodeError.self) { try await resuming() }
        #expect(error?.description == "\(folder.path("out/set")) is a file; the torrent is a folder of that name")
    }

    /// More files than may be open at once.
    @Test func aThousandFilesArrive() async throws {
        _ = try folder.makeFolder("in/many")
        for number in 0..<1_000 {
            try folder.write("in/many/\(number)", Samples.bytes(number % 7, seed: UInt64(number)))
        }
        let metafile = try Metafile.describing(
            folder.path("in/many"), chunkSize: 16_384, tracker: TrackerURI("tcp://127.0.0.1:6969"))
        let seed = try await ChunkStore.complete(metafile, at: folder.path("in/many"), workers: workers)
        let peer = try await ChunkStore.resuming(metafile, in: folder.path("out"), workers: workers)
        try copy(0..<metafile.layout.chunkCount, from: seed, to: peer)
        #expect(try peer.finish())
        try peer.settle()
        for number in 0..<1_000 {
            #expect(folder.read("out/many/\(number)") == folder.read("in/many/\(number)"))
        }
    }
}
