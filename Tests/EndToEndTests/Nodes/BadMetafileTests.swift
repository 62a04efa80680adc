import GossipCore
import Metainfo
import TestSupport
import Testing

/// Metafiles that are none, and data that is not what a metafile describes.
@Suite struct BadMetafileTests {
    private static func metafile(_ text: String = "GOTORRENT") throws -> [UInt8] {
        var hasher = ChunkHasher(chunkSize: 1, chunkCount: UInt32(text.utf8.count))
        Array(text.utf8).withUnsafeBytes { hasher.update($0) }
        return try Metafile(
            name: "text.txt", length: UInt64(text.utf8.count), chunkSize: 1,
            tracker: TrackerURI("tcp://127.0.0.1:6969"), chunkHashes: hasher.finalize()
        ).encoded
    }

    /// The metafile with one stretch of text replaced.
    private static func edited(_ old: String, _ new: String) throws -> [UInt8] {
        let bytes = try metafile()
        let range = try #require(bytes.firstRange(of: Array(old.utf8)))
        return bytes[..<range.lowerBound] + Array(new.utf8) + bytes[range.upperBound...]
    }

    enum Damage: CaseIterable {
        case empty, notBencoded, truncated, wrongHashList, disagreeingLength, disagreeingChunkSize, escapingName, lists

        func bytes() throws -> [UInt8] {
            switch self {
            case .empty: []
            case .notBencoded: Array("GOTORRENT".utf8)
            case .truncated: try metafile().dropLast(40)
            case .wrongHashList: try edited("288:", "256:")
            case .disagreeingLength: try edited("6:lengthi9e", "6:lengthi10e")
            case .disagreeingChunkSize: try edited("10:chunk sizei1e", "10:chunk sizei2e")
            case .escapingName: try edited("8:text.txt", "8:../a.txt")
            case .lists: Array(repeating: UInt8(ascii: "l"), count: 100_000_000)
            }
        }

        var complaint: String {
            switch self {
            case .empty, .notBencoded, .truncated, .wrongHashList: "byte "
            case .disagreeingLength: "hash list is 288 bytes; 10 chunks need 320"
            case .disagreeingChunkSize: "hash list is 288 bytes; 5 chunks need 160"
            case .escapingName: "it must name one file, without folders"
            case .lists: "are the most that is read"
            }
        }
    }

    @Test(.timeLimit(.patience(minutes: 5)), arguments: Damage.allCases)
    func aMetafileThatIsNoneIsRefused(damage: Damage) async throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("x.torrent", damage.bytes())
        try folder.write("text.txt", "GOTORRENT")
        for command in [
            ["get", path, "--output", folder.path("out")], ["seed", path, "--data", folder.path("text.txt")],
        ] {
            let ending = try await Program.run(Repository.program, command)
            #expect(ending.code == 2)
            #expect(ending.output.isEmpty)
            #expect(
                ending.errors.contains("x.torrent: ") && ending.errors.contains(damage.complaint), "\(ending.errors)")
            #expect(ending.errors.utf8.count < 1_000)
        }
        #expect(!folder.exists("out"))
    }

    @Test(.timeLimit(.patience(minutes: 5))) func aMetafileThatIsNotThereIsNamed() async throws {
        let ending = try await Program.gotorrent("get", "/nowhere/x.torrent", "--output", "/nowhere/out")
        #expect(ending.code == 2)
        #expect(ending.errors.contains("/nowhere/x.torrent: cannot open it: No such file or directory"))
    }

    @Test(
        .timeLimit(.patience(minutes: 5)),
        arguments: [
            ("GOTORRENX", "chunk 8 of 9 is not what the metafile describes (1 such in all); nothing is served"),
            ("XOTORRENX", "chunk 0 of 9 is not what the metafile describes (2 such in all); nothing is served"),
            ("GOTORREN", "has 8 bytes; the metafile describes a file of 9"),
            ("GOTORRENTS", "has 10 bytes; the metafile describes a file of 9"),
        ])
    func aSeedsFileThatDiffersIsNotServed(text: String, complaint: String) async throws {
        let folder = try TemporaryFolder()
        let metafile = try folder.write("x.torrent", Self.metafile())
        let file = try folder.write("text.txt", text)
        let ending = try await Program.gotorrent("seed", metafile, "--data", file)
        #expect(ending.code == 1)
        #expect(ending.errors.contains(file) && ending.errors.contains(complaint), "\(ending.errors)")
        #expect(!ending.errors.contains("listening"))
    }

    @Test(.timeLimit(.patience(minutes: 5))) func anOutputFolderThatCannotBeIsNamed() async throws {
        let folder = try TemporaryFolder()
        let metafile = try folder.write("x.torrent", Self.metafile())
        let file = try folder.write("file", "in the way")
        for output in [file, file + "/out"] {
            let ending = try await Program.gotorrent("get", metafile, "--output", output)
            #expect(ending.code == 1)
            #expect(ending.errors.contains(file), "\(ending.errors)")
        }
        // Where names cannot be made, not even by root.
        let ending = try await Program.gotorrent("get", metafile, "--output", "/proc/gotorrent")
        #expect(ending.code == 1)
        #expect(ending.errors.contains("cannot create the folder /proc/gotorrent"), "\(ending.errors)")
    }

    @Test(.timeLimit(.patience(minutes: 5))) func createNamesWhatItCannotDescribe() async throws {
        let folder = try TemporaryFolder()
        for (path, complaint) in [
            (folder.path("gone"), "cannot open it"), (folder.path, "there is no file in it"),
            ("/dev/null", "not a regular file"),
        ] {
            let ending = try await Program.gotorrent(
                "create", path, "--tracker", "tcp://127.0.0.1:6969", "--output", folder.path("x.torrent"))
            #expect(ending.code == 2)
            #expect(ending.errors.contains("\(path): ") && ending.errors.contains(complaint), "\(ending.errors)")
        }
        try folder.write("text.txt", "GOTORRENT")
        let ending = try await Program.gotorrent(
            "create", folder.path("text.txt"), "--tracker", "tcp://127.0.0.1:6969", "--output",
            folder.path("none/x.torrent"))
        #expect(ending.code == 1)
        #expect(ending.errors.contains(folder.path("none/x.torrent")), "\(ending.errors)")
    }
}
