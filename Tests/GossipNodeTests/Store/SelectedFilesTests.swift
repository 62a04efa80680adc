import Foundation
import GossipCore
import Metainfo
import TestSupport
import Testing
import ZeroMQ

@testable import GossipNode

/// Downloads of some of a folder's files.
@Suite struct SelectedFilesTests {
    private let folder: TemporaryFolder
    private let workers: WorkerPool
    private let metafile: Metafile
    private let seed: ChunkStore

    /// In the torrent's order; chunk 0, chunks 1 to 3, none, chunk 4.
    private static let files: [(name: String, size: Int)] = [
        ("a/b/two", 16_384), ("a/one", 40_000), ("empty", 0), ("three", 5),
    ]
    private static let (two, one, empty, three) = (0, 1, 2, 3)

    init() async throws {
        folder = try TemporaryFolder()
        workers = try WorkerPool(threadCount: 2)
        _ = try folder.makeFolder("in/set/a/b")
        _ = try folder.makeFolder("out")
        for (number, file) in Self.files.enumerated() {
            try folder.write("in/set/" + file.name, Samples.bytes(file.size, seed: UInt64(number)))
        }
        metafile = try Metafile.describing(
            folder.path("in/set"), chunkSize: 16_384, tracker: TrackerURI("tcp://127.0.0.1:6969"))
        seed = try await ChunkStore.complete(metafile, at: folder.path("in/set"), workers: workers)
    }

    private func open(_ wanted: Set<Int>? = nil, hashed: Watched<UInt64> = Watched(0)) async throws -> ChunkStore {
        try await ChunkStore.resuming(metafile, in: folder.path("out"), wanted: wanted, workers: workers) { done, _ in
            hashed.update { $0 = max($0, done) }
        }
    }

    private func held(_ store: ChunkStore) -> [ChunkID] { (0..<5).filter { store.heldAtStart.contains($0) } }

    private func copy(_ chunks: some Sequence<ChunkID>, to store: ChunkStore) throws {
        for chunk in chunks {
            let message = try seed.read(chunk)
            try message.withUnsafeBytes { bytes throws(NodeError) in try store.write(bytes, chunk) }
        }
    }

    /// Downloads some files to the end.
    private func fetch(_ wanted: Set<Int>, _ chunks: [ChunkID]) async throws {
        let store = try await open(wanted)
        try copy(chunks, to: store)
        #expect(try store.finish())
        try store.settle()
    }

    private func names(_ name: String) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: folder.path("out/" + name)).sorted()
    }

    private func isRight(_ files: Int...) -> Bool {
        files.map { Self.files[$0].name }.allSatisfy { folder.read("out/set/" + $0) == folder.read("in/set/" + $0) }
    }

    @Test func whatIsNotWantedIsNotMade() async throws {
        #expect(metafile.files.map { $0.path.joined(separator: "/") } == Self.files.map(\.name))
        do {
            let store = try await open([Self.three])
            #expect(try names("set.part") == ["three"])
            try copy([4], to: store)
            #expect(try store.finish())
            try store.settle()
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("out")) == ["set"])
        #expect(try names("set") == ["three"] && isRight(Self.three))
        let again = try await open([Self.three])
        #expect(held(again) == [4])
        #expect(try again.read(4).count == 5)
        #expect(try names("set") == ["three"])
    }

    @Test func theRestIsFetchedLater() async throws {
        try await fetch([Self.three], [4])
        let hashed = Watched<UInt64>(0)
        do {
            let store = try await open(hashed: hashed)
            #expect(held(store) == [4] && hashed.current == 5, "what is there is hashed once")
            #expect(try names("set.part") == ["a", "a/b", "a/b/two", "a/one", "empty", "three"])
            try copy(0..<4, to: store)
            #expect(try store.finish())
            try store.settle()
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("out")) == ["set"])
        #expect(isRight(Self.two, Self.one, Self.empty, Self.three))
        #expect(try await open().heldAtStart.isComplete)
    }

    @Test func otherFilesJoinThoseThatAreThere() async throws {
        try await fetch([Self.three], [4])
        try await fetch([Self.two], [0])
        #expect(try names("set") == ["a", "a/b", "a/b/two", "three"] && isRight(Self.two, Self.three))
        #expect(held(try await open([Self.two])) == [0, 4], "and is served")
    }

    @Test func anEmptyFileIsThereAtOnce() async throws {
        #expect(held(try await open([Self.empty])) == [])
        #expect(try names("set") == ["empty"])
    }

    /// A download that was stopped, and is told to fetch less.
    @Test func whatIsNoLongerWantedGoesUnlessItIsWhole() async throws {
        do { try copy([0, 1], to: try await open()) }
        do {
            let store = try await open([Self.three])
            #expect(held(store) == [0], "a part of a file is not served that is going to be removed")
            #expect(try names("set.part").contains("a/one"))
        }
        #expect(held(try await open()) == [0, 1], "it was only going to be")
        try await fetch([Self.three], [4])
        #expect(try names("set") == ["a", "a/b", "a/b/two", "empty", "three"])
        #expect(isRight(Self.two, Self.empty, Self.three))
    }

    @Test(arguments: ["short", "other"]) func whatIsAnotherFileIsNamed(contents: String) async throws {
        try await fetch([Self.two, Self.three], [0, 4])
        try folder.write("out/set/three", String(contents.prefix(contents == "short" ? 4 : 5)))
        for wanted in [nil, [Self.two], [Self.one]] as [Set<Int>?] {
            let error = await #expect(throws: NodeError.self) { try await open(wanted) }
            #expect(
                error?.description
                    == "\(folder.path("out/set/three")) is there and is another file; move it away, or choose another "
                    + "output folder")
            #expect(try names("set") == ["a", "a/b", "a/b/two", "three"], "nothing is renamed")
        }
    }

    @Test func aFolderOfOtherThingsIsLeftAlone() async throws {
        _ = try folder.makeFolder("out/set")
        try folder.write("out/set/notes", "mine")
        let error = await #expect(throws: NodeError.self) { try await open([Self.three]) }
        #expect(error?.description.hasPrefix("\(folder.path("out/set")) is there and is another folder;") == true)
        #expect(try names("set") == ["notes"])
    }

    @Test func nothingIsAddedToWhatAnotherProcessServes() async throws {
        let store = try await open([Self.three])
        try copy([4], to: store)
        #expect(try store.finish())
        try store.settle()
        let error = await #expect(throws: NodeError.self) { try await open() }
        #expect(error?.description.contains("lacks files that are wanted, and another process serves it") == true)
        #expect(try names("set") == ["three"])
        #expect(held(try await open([Self.three])) == [4], "two may serve it")
        #expect(try store.read(4).count == 5)
    }

    /// What cannot be added to keeps its name.
    @Test func aLinkInTheWayOfOtherFilesIsNamed() async throws {
        try await fetch([Self.three], [4])
        let outside = try folder.makeFolder("outside")
        try FileManager.default.createSymbolicLink(atPath: folder.path("out/set/a"), withDestinationPath: outside)
        let error = await #expect(throws: NodeError.self) { try await open() }
        #expect(
            error?.description.hasSuffix("a is a symbolic link; what is downloaded is not written through links")
                == true)
        #expect(try FileManager.default.contentsOfDirectory(atPath: outside) == [])
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("out")) == ["set"])
        #expect(try names("set") == ["a", "three"] && isRight(Self.three))
    }

    @Test func anotherDownloadInTheWayIsNamed() async throws {
        try await fetch([Self.three], [4])
        _ = try folder.makeFolder("out/set.part")
        let error = await #expect(throws: NodeError.self) { try await open() }
        #expect(error?.description.hasSuffix("set.part is there as well; move one of them away") == true)
        #expect(try names("set") == ["three"])
    }

    /// The process ended after the files got their name and before they were known to be on the disk.
    @Test func whatMayNotBeOnTheDiskIsLookedAtAgain() async throws {
        do {
            let store = try await open([Self.three])
            try copy([4], to: store)
            #expect(try store.finish())
        }
        #expect(folder.exists("out/.set.journal"))
        #expect(held(try await open([Self.three])) == [4])
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("out")) == ["set"])
        #expect(try names("set") == ["three"] && isRight(Self.three))
    }
}
