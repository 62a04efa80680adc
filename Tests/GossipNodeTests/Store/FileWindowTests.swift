import TestSupport
import Testing

@testable import GossipNode

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A mapped stretch of a file.
@Suite struct FileWindowTests {
    private let folder: TemporaryFolder
    private let file: StoredFile
    private let content = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 8) }

    init() throws {
        folder = try TemporaryFolder()
        file = try StoredFile(path: try folder.write("file", content), .reading)
    }

    @Test(arguments: [0..<100_000, 0..<1, 5_000..<60_001, 4_096..<8_192, 99_999..<100_000])
    func itShowsTheBytes(range: Range<Int>) throws {
        let window = try #require(FileWindow(file, from: UInt64(range.lowerBound), to: UInt64(range.upperBound)))
        #expect(window.range == UInt64(range.lowerBound)..<UInt64(range.upperBound))
        let bytes = window.read(window.range) { Array($0) }
        #expect(bytes == Array(content[range]))
        let last = window.read(window.range.upperBound - 1..<window.range.upperBound) { Array($0) }
        #expect(last == [content[range.upperBound - 1]])
    }

    @Test(arguments: [(0, 100_001), (99_999, 100_001), (200_000, 200_001), (5, 5)])
    func whatTheFileDoesNotHaveIsNotMapped(start: UInt64, end: UInt64) {
        #expect(FileWindow(file, from: start, to: end) == nil)
    }

    @Test func aFileThatIsCutMeanwhileIsNoticed() throws {
        let window = try #require(FileWindow(file, from: 0, to: 100_000))
        #expect(truncate(file.path, 10_000) == 0)
        #expect(window.read(90_000..<90_010) { Array($0) } == nil)
        // What takes the place of the missing page stays; the page that is left is still the file's.
        #expect(window.read(0..<10) { Array($0) } == Array(content[..<10]))
        #expect(FileWindow(file, from: 0, to: 100_000) == nil)
    }

    @Test func theGuardOfOneThreadIsNotAnothers() async throws {
        let path = try folder.write("other", content)
        let other = try StoredFile(path: path, .reading)
        let workers = try WorkerPool(threadCount: 2)
        let whole = file
        async let kept = workers.perform {
            FileWindow(whole, from: 0, to: 100_000)?.read(0..<100_000) { Array($0) }
        }
        async let lost = workers.perform {
            FileWindow(other, from: 0, to: 100_000)?.read(0..<100_000) { bytes in
                truncate(path, 0)
                return Array(bytes)
            }
        }
        #expect(await kept == content)
        #expect(await lost == nil)
    }
}
