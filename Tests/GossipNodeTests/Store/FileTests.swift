import Foundation
import Testing

@testable import GossipNode

struct FileTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test func bytesAreReadAndWrittenWhereTheyBelong() throws {
        let file = try StoredFile(path: folder.path + "/file", .writing)
        #expect(try file.size == 0)
        try file.reserve(6)
        #expect(try file.size == 6)
        try Array("end".utf8).withUnsafeBytes { bytes in try file.write(bytes, at: 3) }
        #expect(folder.read("file") == [0, 0, 0] + Array("end".utf8))
        var buffer = [UInt8](repeating: 0, count: 4)
        #expect(try buffer.withUnsafeMutableBytes { buffer in try file.read(into: buffer, at: 2) })
        #expect(buffer == [0] + Array("end".utf8))
        // One byte too many, and far beyond.
        for offset: UInt64 in [3, 6, 1 << 40] {
            #expect(
                try !buffer.withUnsafeMutableBytes { buffer in try file.read(into: buffer, at: offset)
                })
        }
        try file.reserve(2)
        #expect(try file.size == 2)
        try file.synchronize()
    }

    @Test func aFileForReadingIsNotMadeNorWritten() throws {
        #expect(throws: NodeError.self) { try StoredFile(path: folder.path + "/file", .reading) }
        #expect(try folder.names == [])
        let file = try StoredFile(path: try folder.write("file", [1]), .reading)
        #expect(throws: NodeError(.storage, "cannot write \(folder.path)/file: Bad file descriptor")) {
            try [UInt8]([2]).withUnsafeBytes { bytes in try file.write(bytes, at: 0) }
        }
    }

    @Test func aWholeFileReplacesWhatWasThere() throws {
        try folder.write("file", Array("something longer".utf8))
        try folder.write("file.part", Array("left over from a crash, and longer still".utf8))
        try WholeFile.write(Samples.text, to: folder.path + "/file")
        #expect(folder.read("file") == Samples.text)
        try WholeFile.write([], to: folder.path + "/file")
        #expect(folder.read("file") == [])
        #expect(try folder.names == ["file"])
    }

    /// Its reader sees the old one or the new one.
    @Test func aFileThatIsOpenKeepsItsContent() throws {
        let path = try folder.write("file", Array("old".utf8))
        let handle = try #require(FileHandle(forReadingAtPath: path))
        defer { try? handle.close() }
        try WholeFile.write(Array("new".utf8), to: path)
        #expect(try handle.readToEnd() == Data("old".utf8))
        #expect(folder.read("file") == Array("new".utf8))
    }

    @Test func whatCannotBeReplacedLeavesNothingBehind() throws {
        let path = try folder.makeFolder("taken")
        #expect(throws: NodeError(.storage, "cannot give its name to \(path): Is a directory")) {
            try WholeFile.write(Samples.text, to: path)
        }
        #expect(try folder.names == ["taken"])
        #expect(throws: NodeError.self) { try WholeFile.write(Samples.text, to: folder.path + "/absent/file") }
    }

    @Test(arguments: ["a", "a/b/c", "a//b", "a/b/", "./a"])
    func foldersAreMadeWithThoseAboveThem(_ name: String) throws {
        try Folder.create(folder.path + "/" + name)
        try Folder.create(folder.path + "/" + name)
        #expect(Folder.exists(folder.path + "/" + name))
    }

    @Test func aFileIsNoFolder() throws {
        #expect(!Folder.exists(try folder.write("file", [])))
        #expect(!Folder.exists(folder.path + "/absent"))
        #expect(StoredFile.exists(folder.path + "/file"))
        #expect(!StoredFile.exists(folder.path + "/absent"))
    }
}
