import Metainfo
import TestSupport
import Testing

@testable import Topology

@Suite struct AgentFolderTests {
    private let folder: TemporaryFolder
    private let run: AgentFolder

    init() throws {
        folder = try TemporaryFolder()
        run = AgentFolder(try folder.makeFolder("root/runs/one"))
    }

    private static func digest(_ text: String) -> String {
        Array(text.utf8).withUnsafeBytes { Digest256(hashing: $0) }.description
    }

    @Test func whatIsKeptIsFoundByItsHash() throws {
        let digest = Self.digest("content")
        #expect(try !run.take(digest, as: "source/a"))
        run.keep(try folder.write("root/runs/one/file", "content"), in: "files", digest: digest)
        #expect(try run.take(digest, as: "source/a"))
        #expect(folder.read("root/runs/one/source/a") == Array("content".utf8))
    }

    @Test func whatIsNotWhatItsNameSaysIsNotTaken() throws {
        let digest = Self.digest("content")
        _ = try folder.makeFolder("root/files")
        try folder.write("root/files/\(digest)", "contents")
        #expect(try !run.take(digest, as: "source/a"))
        #expect(throws: LaunchError.self) { try run.take("../../etc/passwd", as: "source/a") }
    }

    @Test func aRunIsRemovedAndWhatHeldIt() throws {
        try folder.write("root/runs/one/file", "x")
        run.remove()
        #expect(try folder.names == [])
    }

    @Test func whatOthersHaveStays() throws {
        _ = try folder.makeFolder("root/runs/two")
        run.remove()
        #expect(folder.exists("root/runs/two") && !folder.exists("root/runs/one"))
    }

    @Test func filesAreListedAndLinksAreNot() throws {
        for name in ["b", "a", "sub/c"] {
            let path = try run.prepared("data/\(name)")
            try folder.write(String(path.dropFirst(folder.path.utf8.count + 1)), "x")
        }
        #expect(symlink("/etc", folder.path("root/runs/one/data/link")) == 0)
        #expect(run.files(below: "data") == ["data/a", "data/b", "data/sub/c"])
        #expect(run.files(below: "none") == [])
    }
}

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif
