import Foundation
import GossipCore
import Metainfo
import TestSupport
import Testing
import ZeroMQ

@testable import GossipNode

/// A seed's store of what was hashed for the metafile just now.
@Suite struct DescribedStoreTests {
    private let folder: TemporaryFolder
    private let workers: WorkerPool
    private let content: DescribedContent
    private let hashed = Lock<UInt64>(0)
    private static let longAgo = Date(timeIntervalSince1970: 1_000_000_000)

    init() throws {
        folder = try TemporaryFolder()
        workers = try WorkerPool(threadCount: 2)
        _ = try folder.makeFolder("set")
        for (name, size) in [("set/large", 40_000), ("set/small", 5), ("set/empty", 0)] {
            try folder.write(name, Samples.bytes(size))
            try Self.age(folder.path(name))
        }
        content = try Metafile.describingContent(
            folder.path("set"), chunkSize: 16_384, tracker: TrackerURI("tcp://127.0.0.1:6969"))
    }

    private static func age(_ path: String) throws {
        try FileManager.default.setAttributes([.modificationDate: longAgo], ofItemAtPath: path)
    }

    /// Writes one byte anew, in place.
    private func change(_ name: String, at offset: UInt64) throws {
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: folder.path(name)))
        try file.seek(toOffset: offset)
        let byte = try #require(try file.read(upToCount: 1)?.first)
        try file.seek(toOffset: offset)
        try file.write(contentsOf: [byte ^ 1])
        try file.close()
    }

    private func open(_ described: DescribedContent?) async throws -> ChunkStore {
        try await ChunkStore.complete(
            content.metafile, at: folder.path, workers: workers, described: described
        ) { [hashed] _, total in hashed.withLock { $0 = total } }
    }

    @Test func whatIsUnchangedIsNotHashed() async throws {
        let store = try await open(content)
        #expect(store.heldAtStart.isComplete && store.heldAtStart.chunkCount == 4)
        #expect(hashed.withLock { $0 } == 0)
        #expect(try await open(nil).heldAtStart.isComplete)
        #expect(hashed.withLock { $0 } == 40_005)
    }

    /// What was noted at the start still tells what happens later.
    @Test func whatChangesAfterwardsIsNoticed() async throws {
        let store = try await open(content)
        try change("set/large", at: 20_000)
        #expect(try store.read(0).count == 16_384)
        let error = #expect(throws: NodeError.self) { _ = try store.read(1) }
        #expect(error?.description.hasSuffix("was changed while it was served; chunk 1 is not what it was") == true)
    }

    @Test func aFileWithAnotherDateIsHashedAndNoOther() async throws {
        try FileManager.default.setAttributes(
            [.modificationDate: Self.longAgo.addingTimeInterval(1)], ofItemAtPath: folder.path("set/small"))
        #expect(try await open(content).heldAtStart.isComplete)
        #expect(hashed.withLock { $0 } == 5)
    }

    @Test func aChangedFileIsRefused() async throws {
        try change("set/large", at: 20_000)
        let error = await #expect(throws: NodeError.self) { _ = try await open(content) }
        #expect(error?.description.contains("set/large: chunk 1 of 4 is not what the metafile describes") == true)
        #expect(hashed.withLock { $0 } == 40_000)
    }

    @Test func aFileInItsPlaceIsHashed() async throws {
        // Made while the first is there, so that it does not get its number on the disk.
        try folder.write("other", [UInt8](repeating: 7, count: 40_000))
        try Self.age(folder.path("other"))
        try FileManager.default.removeItem(atPath: folder.path("set/large"))
        try FileManager.default.moveItem(atPath: folder.path("other"), toPath: folder.path("set/large"))
        let error = await #expect(throws: NodeError.self) { _ = try await open(content) }
        #expect(error?.description.contains("set/large: chunk 0 of 4 is not") == true)
    }

    /// A change in the same step of the file system's clock would not show.
    @Test func aFileThatWasJustWrittenIsHashed() async throws {
        try folder.write("young", Samples.bytes(20_000))
        let young = try Metafile.describingContent(
            folder.path("young"), chunkSize: 16_384, tracker: TrackerURI("tcp://127.0.0.1:6969"))
        let store = try await ChunkStore.complete(
            young.metafile, at: folder.path("young"), workers: workers, described: young
        ) { [hashed] _, total in hashed.withLock { $0 = total } }
        #expect(store.heldAtStart.isComplete)
        #expect(hashed.withLock { $0 } == 20_000)
    }

    @Test func whatWasDescribedForAnotherTorrentSaysNothing() async throws {
        let other = try Metafile.describingContent(
            folder.path("set"), name: "other", chunkSize: 16_384, tracker: TrackerURI("tcp://127.0.0.1:6969"))
        #expect(try await open(other).heldAtStart.isComplete)
        #expect(hashed.withLock { $0 } == 40_005)
    }
}
