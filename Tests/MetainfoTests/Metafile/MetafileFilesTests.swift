import Metainfo
import Testing

/// Reading metafiles from disk and describing files on disk.
@Suite struct MetafileFilesTests {
    @Test func readsAMetafile() throws {
        let metafile = try Samples.gotorrent()
        let file = TemporaryFile(metafile.encoded, name: "x.torrent")
        #expect(try Metafile.read(file.path) == metafile)
    }

    @Test func aRefusalNamesTheFileAndThePlace() throws {
        let file = try TemporaryFile(
            Samples.metafile(changingInfo: { $0["chunk hashes"] = .bytes([UInt8](repeating: 7, count: 64)) }),
            name: "x.torrent")
        let error = try #require(throws: MetafileError.self) { try Metafile.read(file.path) }
        #expect("\(error)" == "\(file.path): byte 56: hash list is 64 bytes; 9 chunks need 288")
    }

    @Test(arguments: [0, 1, 200])
    func anEmptyOrTruncatedFileIsRefused(count: Int) throws {
        let file = try TemporaryFile(Array(Samples.gotorrent().encoded.prefix(count)))
        let error = try #require(throws: MetafileError.self) { try Metafile.read(file.path) }
        #expect(error.code == .notBencoded)
        #expect(error.path == file.path)
    }

    @Test func aHundredMegabytesAreRefusedUnread() throws {
        let file = TemporaryFile([108, 108, 108], length: 100_000_000)
        let error = try #require(throws: MetafileError.self) { try Metafile.read(file.path) }
        #expect(error.code == .tooLarge)
        #expect(
            "\(error)"
                == "\(file.path): a metafile of 100000000 bytes; 67108864 (64 MiB) are the most that is read")
    }

    /// A device tells no size beforehand, so the limit has to hold while it is read.
    @Test func anEndlessDeviceIsReadToTheLimitOnly() throws {
        let error = try #require(throws: MetafileError.self) { try Metafile.read("/dev/zero") }
        #expect(error.code == .tooLarge)
        #expect(error.path == "/dev/zero")
    }

    @Test func filesThatCannotBeReadAreNamed() throws {
        let missing = try #require(throws: MetafileError.self) { try Metafile.read("/no/such.torrent") }
        #expect("\(missing)" == "/no/such.torrent: cannot open it: No such file or directory")
        let folder = try #require(throws: MetafileError.self) { try Metafile.read("/") }
        #expect("\(folder)" == "/: cannot read it: Is a directory")
    }

    @Test(arguments: [1, 2, 9, 4096] as [UInt32])
    func describesAFile(chunkSize: UInt32) throws {
        let file = TemporaryFile(Samples.text, name: "GOTORRENT.txt")
        let metafile = try Metafile.describing(file.path, chunkSize: chunkSize, tracker: Samples.tracker())
        #expect(metafile.name == "GOTORRENT.txt")
        #expect(metafile.layout.length == 9)
        #expect(metafile.chunkHashes == Samples.hashes(chunkSize: chunkSize))
        let renamed = try Metafile.describing(
            file.path, name: "other", chunkSize: chunkSize, tracker: Samples.tracker())
        #expect(renamed.name == "other")
    }

    @Test func describesAnEmptyFile() throws {
        let file = TemporaryFile([])
        let metafile = try Metafile.describing(file.path, chunkSize: 1, tracker: Samples.tracker())
        #expect(metafile.layout.chunkCount == 0)
    }

    /// Chunks longer than a portion, and portions that end inside a chunk.
    @Test func describesAFileOfSeveralPortions() throws {
        let bytes = (0..<2_500_000).map { UInt8(truncatingIfNeeded: $0 / 7) }
        let file = TemporaryFile(bytes)
        let metafile = try Metafile.describing(file.path, chunkSize: 1_500_000, tracker: Samples.tracker())
        #expect(metafile.chunkHashes == Samples.hashes(bytes, chunkSize: 1_500_000))
    }

    @Test func refusesWhatCannotBeDescribed() throws {
        let tracker = try Samples.tracker()
        let device = try #require(throws: MetafileError.self) {
            try Metafile.describing("/dev/null", chunkSize: 1, tracker: tracker)
        }
        #expect("\(device)" == "/dev/null: it is not a regular file; a torrent is made of a file or a folder")
        let missing = try #require(throws: MetafileError.self) {
            try Metafile.describing("/no/such", chunkSize: 1, tracker: tracker)
        }
        #expect(missing.code == .inputOutput)
        let hostile = TemporaryFile([], name: "a\nb")
        #expect(throws: MetafileError.self) {
            try Metafile.describing(hostile.path, chunkSize: 1, tracker: tracker)
        }
        let huge = TemporaryFile([], length: 1 << 32)
        let error = try #require(throws: MetafileError.self) {
            try Metafile.describing(huge.path, chunkSize: 1024, tracker: tracker)
        }
        #expect(error.code == .tooLarge)
        #expect(error.message.hasSuffix("choose chunks of at least 2051 bytes"))
    }

    #if os(Linux)
        /// Such a file says that it has no bytes and then gives some: the same as one that grows meanwhile.
        @Test func refusesAFileThatChangesMeanwhile() throws {
            let error = try #require(throws: MetafileError.self) {
                try Metafile.describing("/proc/self/status", chunkSize: 1, tracker: Samples.tracker())
            }
            #expect(error.code == .changed)
            #expect(error.path == "/proc/self/status")
        }
    #endif
}
