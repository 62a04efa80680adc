import Foundation
import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Many small files, and a file beyond what 32 bits count.
@Suite struct LargeSharesTests {
    @Test(.timeLimit(.patience(minutes: 5))) func aFolderOfAThousandSmallFiles() async throws {
        let folder = try TemporaryFolder()
        let content = LargeContent.bytes(33_000, seed: 8)
        var names: [String] = []
        for number in 0..<1_000 {
            let name = "tree/below\(number % 10)/file\(number)"
            if number < 10 { _ = try folder.makeFolder("tree/below\(number)") }
            // From nothing to two of the smallest chunks and more, each of other bytes.
            let size = number % 100 * 330
            let bytes = withUnsafeBytes(of: number) { Array($0) } + content
            try folder.write(name, Array(bytes.prefix(size)))
            names.append(name)
        }
        let files = names
        try await SharedFile.with(of: folder.path("tree"), ["--chunk-size", "16KiB"]) { share in
            let ending = try await share.get(in: "one")
            #expect(ending.code == 0, "\(ending.errors)")
            let wrong = try files.filter { try bytes(share.folder.path("one/\($0)")) != bytes(folder.path($0)) }
            #expect(wrong == [])
        }
    }

    private static let hasRoom: Bool = {
        let folder = FileManager.default.temporaryDirectory.path
        let free = try? FileManager.default.attributesOfFileSystem(forPath: folder)[.systemFreeSize]
        return ((free as? NSNumber)?.int64Value ?? 0) >= 10 << 30
    }()

    /// Little of it is on the disk, and little of what is there is not zero: at the start, across 2^32, and at the end.
    @Test(
        .timeLimit(.patience(minutes: 3)),
        .enabled(if: hasRoom, "there are no 10 GiB free in the temporary folder for a file of 4 GiB and its copy"))
    func aSparseFileBeyondFourGibibytes() async throws {
        let folder = try TemporaryFolder()
        let size = (4 << 30) + (1 << 20) + 5
        let marks = [0, (4 << 30) - 7, size - 16].map { UInt64($0) }
        let path = try folder.write("sparse.img", [])
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        try file.truncate(atOffset: UInt64(size))
        for (number, mark) in marks.enumerated() {
            try file.seek(toOffset: mark)
            try file.write(contentsOf: [UInt8](repeating: UInt8(number + 1), count: 16))
        }
        try file.close()
        try await SharedFile.with(of: path) { share in
            let ending = try await share.get(in: "one")
            #expect(ending.code == 0, "\(ending.errors)")
            let copy = try FileHandle(forReadingFrom: URL(fileURLWithPath: share.folder.path("one/sparse.img")))
            #expect(try copy.seekToEnd() == UInt64(size))
            for (number, mark) in marks.enumerated() {
                try copy.seek(toOffset: mark - min(mark, 1))
                let around = try #require(try copy.read(upToCount: 18))
                let expected = (mark > 0 ? [0] : []) + [UInt8](repeating: UInt8(number + 1), count: 16)
                #expect(Array(around).starts(with: expected))
            }
            let verified = try await share.run(["get", share.link, "--output", ".", "--verify-only"], in: "one")
            #expect(verified.output.hasPrefix("./sparse.img: whole; "), "\(verified.output)")
        }
    }
}
