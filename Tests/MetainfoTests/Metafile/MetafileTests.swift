import Metainfo
import Testing

@Suite struct MetafileTests {
    /// Every byte of the classic metafile, the hash list left to the info hash below.
    @Test func goldenBytes() throws {
        let metafile = try Samples.gotorrent()
        let text = String(decoding: metafile.encoded.filter { $0 < 0x80 }, as: UTF8.self)
        #expect(text.hasPrefix("d8:announce20:tcp://127.0.0.1:69694:infod12:chunk hashes288:"))
        #expect(text.hasSuffix("10:chunk sizei1e6:lengthi9e4:name13:GOTORRENT.txtee"))
        #expect(metafile.encoded.count == 60 + 288 + 51)
    }

    /// The expected value comes from another implementation:
    ///
    ///     python3 -c 'from hashlib import sha256 as h
    ///     s = b"".join(h(bytes([c])).digest() for c in b"GOTORRENT")
    ///     print(h(b"d12:chunk hashes288:" + s + b"10:chunk sizei1e6:lengthi9e4:name13:GOTORRENT.txte").hexdigest())'
    @Test func goldenInfoHash() throws {
        let expected = "5f74bc599712e22c01ed150f60303fecaf0c75e14d64b534cbc2f8e3b6e9eed2"
        #expect(try "\(Samples.gotorrent().infoHash)" == expected)
    }

    @Test func readsBackWhatItWrote() throws {
        let made = try Samples.gotorrent()
        let read = try Metafile(decoding: made.encoded)
        #expect(read == made)
        #expect(try read.tracker == Samples.tracker())
        #expect(read.name == "GOTORRENT.txt")
        #expect(try read.layout == ChunkLayout(length: 9, chunkSize: 1))
        #expect(read.files == [TorrentFile(path: ["GOTORRENT.txt"], length: 9, chunks: 0..<9)])
        #expect(!read.isFolder)
        #expect(read.chunkHashes == Samples.hashes())
        #expect(Samples.text[1...1].withUnsafeBytes { read.verifier.matches($0, chunkID: 3) })
    }

    @Test func anEmptyFileHasNoHashes() throws {
        let empty = try Metafile(
            name: "empty", length: 0, chunkSize: 1, tracker: Samples.tracker(), chunkHashes: Samples.hashes([]))
        #expect(empty.layout.chunkCount == 0)
        #expect(try Metafile(decoding: empty.encoded) == empty)
    }

    @Test func theInfoHashDependsOnInfoAlone() throws {
        let original = try Samples.gotorrent()
        let elsewhere = try Metafile(
            name: "GOTORRENT.txt", length: 9, chunkSize: 1, tracker: TrackerURI("tcp://other:1"),
            chunkHashes: Samples.hashes())
        #expect(elsewhere.infoHash == original.infoHash)
        #expect(try Samples.gotorrent(name: "other").infoHash != original.infoHash)
        let commented = try Metafile(decoding: Samples.metafile(changing: { $0["comment"] = .text("hello") }))
        #expect(commented.infoHash == original.infoHash)
    }

    @Test func unknownKeysStayAndCount() throws {
        let bytes = try Samples.metafile(changingInfo: { $0["zzz"] = .list([.integer(1)]) })
        let metafile = try Metafile(decoding: bytes)
        #expect(metafile.encoded == bytes)
        #expect(try metafile.infoHash != Samples.gotorrent().infoHash)
        #expect(metafile.name == "GOTORRENT.txt")
    }

    @Test(arguments: [
        ("", "the file's name is empty"),
        ("../x", "the file's name contains \"/\"; it must name one file, without folders"),
    ])
    func refusesToMakeWhatItWouldNotRead(name: String, message: String) throws {
        let error = try #require(throws: MetafileError.self) { try Samples.gotorrent(name: name) }
        #expect(error.message == message)
    }

    @Test(
        arguments: [
            (8, 1, "hash list is 288 bytes; 8 chunks need 256"),
            (10, 1, "hash list is 288 bytes; 10 chunks need 320"),
            (9, 0, "the chunk size is 0; it must be at least 1"),
            (9, (64 << 20) + 1, "the chunk size is 67108865 bytes; 67108864 are the most"),
            (
                3_000_000_000, 1000,
                "3000000 chunks are more than the 2095104 that a metafile can list; choose chunks of at least 1432 bytes"
            ),
        ] as [(UInt64, UInt32, String)])
    func refusesSizesThatDisagree(length: UInt64, chunkSize: UInt32, message: String) throws {
        let error = try #require(throws: MetafileError.self) {
            try Metafile(
                name: "x", length: length, chunkSize: chunkSize, tracker: Samples.tracker(),
                chunkHashes: Samples.hashes())
        }
        #expect(error.message == message)
    }

    @Test func theLargestMetafileFits() throws {
        let count = 2_095_104
        let hashes = try #require(ChunkHashes([UInt8](repeating: 7, count: count * 32)[...]))
        let metafile = try Metafile(
            name: String(repeating: "x", count: 255), length: UInt64(count), chunkSize: 1,
            tracker: Samples.tracker(), chunkHashes: hashes)
        #expect(metafile.encoded.count <= Metafile.maximumByteCount)
        #expect(throws: MetafileError.self) {
            try Metafile(decoding: [UInt8](repeating: 0, count: Metafile.maximumByteCount + 1))
        }
    }
}
