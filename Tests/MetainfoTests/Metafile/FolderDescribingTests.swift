import Metainfo
import Synchronization
import Testing

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Describing folders on the disk.
@Suite struct FolderDescribingTests {
    private func describe(_ folder: TemporaryFolder, name: String? = nil) throws -> Metafile {
        try Metafile.describing(folder.path, name: name, chunkSize: 16384, tracker: Samples.tracker())
    }

    private func refusal(of folder: TemporaryFolder) throws -> MetafileError {
        try #require(throws: MetafileError.self) { try describe(folder) }
    }

    @Test func filesComeInTheOrderOfTheirNamesBytes() throws {
        let folder = TemporaryFolder([
            "b/x": [1], "b.txt": [2], "a": [3], "Z": [], "é": [4], "b/y/z": [5], "b-": [6], ".hidden": [7],
        ])
        mkdir(folder.path + "/empty", 0o700)
        let metafile = try describe(folder)
        #expect(metafile.isFolder)
        #expect(metafile.name == "folder")
        #expect(
            metafile.files.map { $0.path.joined(separator: "/") }
                == [".hidden", "Z", "a", "b/x", "b/y/z", "b-", "b.txt", "é"])
        #expect(try Metafile(decoding: metafile.encoded) == metafile)
        #expect(try describe(folder, name: "other").name == "other")
    }

    /// "create ." means the folder by its name, and a link to a folder the folder.
    @Test func theNameIsThatOfTheFolder() throws {
        let folder = TemporaryFolder(["x": [1]], name: "named")
        for path in [folder.path + "/", folder.path + "/.", folder.path + "/../named"] {
            #expect(
                try Metafile.describing(path, chunkSize: 16384, tracker: Samples.tracker()).name == "named", "\(path)")
        }
        let beside = TemporaryFolder()
        symlink(folder.path, beside.path + "/link")
        let linked = try Metafile.describing(
            beside.path + "/link", chunkSize: 16384, tracker: Samples.tracker())
        #expect(linked.name == "link")
        #expect(linked.files.map(\.path) == [["x"]])
    }

    @Test func refusesASymlinkInside() throws {
        let folder = TemporaryFolder(["a/b": [1]])
        symlink("/etc/passwd", folder.path + "/a/link")
        let error = try refusal(of: folder)
        #expect(error.path == folder.path + "/a/link")
        #expect(
            error.message
                == "it is a symlink; a torrent is made of files, so remove it or put a file in its place")
    }

    @Test func refusesAPipeInside() throws {
        let folder = TemporaryFolder(["a": [1]])
        mkfifo(folder.path + "/pipe", 0o600)
        let error = try refusal(of: folder)
        #expect(error.path == folder.path + "/pipe")
        #expect(error.message.hasPrefix("it is a device, a pipe or a socket; "))
    }

    @Test(arguments: [("a\\b", "contains \"\\\""), ("a\nb", "contains the control character 10")])
    func refusesNamesThatAreNoComponentElsewhere(name: String, fault: String) throws {
        let folder = TemporaryFolder()
        folder.write([1], toName: Array(name.utf8))
        let error = try refusal(of: folder)
        #expect(error.path == folder.path)
        #expect(error.message.contains(fault))
    }

    #if os(Linux)
        @Test func refusesNamesThatMeetElsewhere() throws {
            let error = try refusal(of: TemporaryFolder(["a/README": [1], "a/readme": [2]]))
            #expect(error.message.hasPrefix("the entry \"a/readme\" is there twice, or differs from another"))
        }

        @Test func refusesANameThatIsNotUTF8() throws {
            let folder = TemporaryFolder()
            folder.write([1], toName: [0x61, 0xff])
            #expect(
                try refusal(of: folder).message == "the entry \"a\u{fffd}\" has a name that is not UTF-8; rename it")
        }
    #endif

    @Test func refusesAFolderWithoutFiles() throws {
        let folder = TemporaryFolder()
        mkdir(folder.path + "/empty", 0o700)
        #expect(try refusal(of: folder).message == "there is no file in it; a torrent is made of files")
    }

    @Test func refusesAFolderThatWouldBeReadAsAFile() throws {
        let error = try refusal(of: TemporaryFolder(["folder": [1]]))
        #expect(error.message.hasPrefix("it holds nothing but a file of its own name"))
        #expect(try describe(TemporaryFolder(["folder": [1]]), name: "other").isFolder)
    }

    @Test(arguments: [1, 1000, 16383, 24576] as [UInt32])
    func aFolderNeedsAStandardChunkSize(chunkSize: UInt32) throws {
        let folder = TemporaryFolder(["a": [1]])
        let error = try #require(throws: MetafileError.self) {
            try Metafile.describing(folder.path, chunkSize: chunkSize, tracker: Samples.tracker())
        }
        #expect(error.code == .unsupported)
        #expect(error.message.hasSuffix("a folder needs chunks of a power of two from 16384 to 67108864"))
    }

    /// Chunks of many threads find their places, and progress goes up to the end, each byte counted once.
    @Test func manyFilesAreHashedOnAllCores() throws {
        var files: [(path: String, length: Int)] = (0..<300).map { ("small/\(1000 + $0)", $0 % 7 == 0 ? 0 : $0 * 3) }
        files.insert(("large", 3_000_001), at: 0)
        let folder = Fixtures.write(files)
        let told = Mutex<[UInt64]>([])
        let total = UInt64(files.reduce(0) { $0 + $1.length })
        let metafile = try Metafile.describing(
            folder.path, chunkSize: 16384, tracker: Samples.tracker(),
            progress: { done, all in
                #expect(all == total)
                told.withLock { $0.append(done) }
            })
        let expected = files.flatMap {
            SlowMerkle.chunkHashes(Fixtures.content($0.path, length: $0.length), chunkSize: 16384)
        }
        #expect(metafile.chunkHashes.bytes.elementsEqual(expected.joined()))
        let progress = told.withLock { $0 }
        #expect(zip(progress, progress.dropFirst()).allSatisfy(<))
        #expect(progress.last == total)
    }

    private static let changes: [@Sendable (String) -> Void] = [
        { truncate($0 + "/a", 1 << 30) },
        { truncate($0 + "/a", 0) },
        { path in
            close(creat(path + "/c", 0o600))
            truncate(path + "/c", 2)
            rename(path + "/c", path + "/b")
        },
        { unlink($0 + "/b") },
        { path in
            unlink(path + "/b")
            symlink(path + "/a", path + "/b")
        },
    ]

    /// Something changes when the first portion has been hashed: a file grows, gets shorter, gives its place to another
    /// one of its length, goes, or becomes a link. What was read before does not show it. The first file keeps its name,
    /// for a thread may open it only then.
    @Test(arguments: changes.indices)
    func noticesFilesThatChangeMeanwhile(change: Int) throws {
        // So long that nobody has come to the second file when the first portion of this one is done.
        let megabytes = 4 + sysconf(CInt(_SC_NPROCESSORS_ONLN))
        let folder = TemporaryFolder(["a": [UInt8](repeating: 1, count: megabytes << 20), "b": [1, 2]])
        let path = folder.path
        let error = try #require(throws: MetafileError.self) {
            try Metafile.describing(
                path, chunkSize: 16384, tracker: Samples.tracker(),
                progress: { done, _ in if done <= 1 << 20 { Self.changes[change](path) } })
        }
        #expect(error.code == (change < 3 ? .changed : .inputOutput))
        #expect(error.path == path + (change < 2 ? "/a" : "/b"))
    }

    @Test func aFileThatCannotBeReadIsNamed() throws {
        guard geteuid() != 0 else { return }
        let folder = TemporaryFolder(["a": [1]])
        chmod(folder.path + "/a", 0)
        #expect(try refusal(of: folder).path == folder.path + "/a")
    }
}
