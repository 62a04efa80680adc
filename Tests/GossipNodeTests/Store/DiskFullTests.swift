#if os(Linux)
    import Foundation
    import GossipCore
    import Metainfo
    import TestSupport
    import Testing

    @testable import GossipNode

    /// A disk of 64 KiB, which needs the right to mount one.
    private final class TinyDisk {
        let folder: TemporaryFolder
        var path: String { folder.path }

        init?() throws {
            folder = try TemporaryFolder()
            guard mount("none", folder.path, "tmpfs", 0, "size=64k") == 0 else { return nil }
        }

        deinit { umount2(folder.path, 2) }

        static let isPossible = (try? TinyDisk()) != nil
    }

    @Suite(.enabled(if: TinyDisk.isPossible, "mounting a disk needs root"))
    struct DiskFullTests {
        private let disk: TinyDisk
        private let workers: WorkerPool

        init() throws {
            disk = try #require(try TinyDisk())
            workers = try WorkerPool(threadCount: 1)
        }

        @Test func aFileTooLargeForTheDiskIsRefusedBeforeAnythingIsFetched() async throws {
            let metafile = try Samples.metafile(Samples.bytes(200_000), chunkSize: 1_000)
            let path = disk.path + "/" + Samples.name + ".part"
            await #expect(throws: NodeError(.storage, "cannot write \(path): No space left on device")) {
                try await ChunkStore.resuming(metafile, in: disk.path, workers: workers)
            }
            #expect(try disk.folder.names == [])
        }

        @Test func whatWasVerifiedSurvives() async throws {
            let content = Samples.bytes(200_000)
            try disk.folder.write(Samples.name + ".part", Array(content.prefix(30_000)))
            await #expect(throws: NodeError.self) {
                try await ChunkStore.resuming(
                    try Samples.metafile(content, chunkSize: 1_000), in: disk.path, workers: workers)
            }
            #expect(disk.folder.read(Samples.name + ".part")?.prefix(30_000) == content.prefix(30_000))
        }

        @Test func aSmallFileStillFits() async throws {
            let store = try await ChunkStore.resuming(try Samples.metafile(), in: disk.path, workers: workers)
            #expect(!store.heldAtStart.isComplete)
        }

        @Test func aFileThatCannotBeWrittenWholeIsNotThereInHalf() throws {
            try WholeFile.write(Samples.text, to: disk.path + "/file")
            #expect(throws: NodeError(.storage, "cannot write \(disk.path)/file.part: No space left on device")) {
                try WholeFile.write(Samples.bytes(200_000), to: disk.path + "/file")
            }
            #expect(try disk.folder.names == ["file"])
            #expect(disk.folder.read("file") == Samples.text)
        }
    }
#endif
