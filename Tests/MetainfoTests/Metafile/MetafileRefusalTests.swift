import Metainfo
import Testing

/// What `Metafile(decoding:)` refuses, and with which words.
@Suite struct MetafileRefusalTests {
    private func refusal(of bytes: [UInt8]) throws -> MetafileError {
        try #require(throws: MetafileError.self) { try Metafile(decoding: bytes) }
    }

    @Test(
        arguments: [
            ("announce", .list([]), 11, "\"announce\" must be a string; it is a list"),
            ("announce", .bytes([0xff]), 11, "\"announce\" must be UTF-8"),
            ("announce", .text("tcp://x"), 11, "the tracker is \"tcp://x\"; it must be tcp://HOST:PORT"),
            ("info", nil, 0, "the key \"info\" is missing"),
            ("info", .integer(1), 40, "\"info\" must be a dictionary; it is an integer"),
        ] as [(String, BencodeValue?, Int, String)])
    func refusesAtTheTop(key: String, value: BencodeValue?, offset: Int, message: String) throws {
        let error = try refusal(of: Samples.metafile(changing: { $0[key] = value }))
        #expect(error == MetafileError(.malformed, offset: offset, message))
    }

    @Test(
        arguments: [
            ("chunk hashes", nil, 40, "the key \"chunk hashes\" is missing"),
            ("chunk hashes", .dictionary([:]), 56, "\"chunk hashes\" must be a string; it is a dictionary"),
            ("chunk hashes", .text(""), 56, "hash list is 0 bytes; 9 chunks need 288"),
            ("chunk hashes", .text("abc"), 56, "hash list is 3 bytes; 9 chunks need 288"),
            ("chunk size", nil, 40, "the key \"chunk size\" is missing"),
            ("chunk size", .text("1"), 361, "\"chunk size\" must be an integer; it is a string"),
            ("chunk size", .integer(0), 361, "the chunk size is 0; it must be at least 1"),
            ("chunk size", .integer(-1), 361, "the chunk size is -1; it must be 1 to 67108864"),
            ("chunk size", .integer(1 << 32), 361, "the chunk size is 4294967296; it must be 1 to 67108864"),
            ("chunk size", .integer(2), 56, "hash list is 288 bytes; 5 chunks need 160"),
            ("length", nil, 40, "the key \"length\" is missing"),
            ("length", .integer(-1), 372, "the length is -1; it cannot be negative"),
            ("length", .integer(0), 56, "hash list is 288 bytes; 0 chunks need 0"),
            (
                "length", .integer(.max), 361,
                "9223372036854775807 bytes in chunks of 1 are 9223372036854775807 chunks; there can be 4294967295 at most"
            ),
            ("name", nil, 40, "the key \"name\" is missing"),
            ("name", .bytes([0x61, 0xff]), 381, "\"name\" must be UTF-8"),
            ("name", .text(".."), 381, "the file's name is \"..\", which means a folder"),
        ] as [(String, BencodeValue?, Int, String)])
    func refusesInInfo(key: String, value: BencodeValue?, offset: Int, message: String) throws {
        let error = try refusal(of: Samples.metafile(changingInfo: { $0[key] = value }))
        #expect(error == MetafileError(.malformed, offset: offset, message))
    }

    @Test(arguments: [
        ("i1e", 0, "a metafile must be a dictionary; it is an integer"),
        ("le", 0, "a metafile must be a dictionary; it is a list"),
    ])
    func refusesOtherValues(text: String, offset: Int, message: String) throws {
        #expect(try refusal(of: Array(text.utf8)) == MetafileError(.malformed, offset: offset, message))
    }

    @Test func refusesWhatIsNotBencoded() throws {
        let error = try refusal(of: Array("<html>".utf8))
        let message = "not a metafile: a value begins with i, l, d or a digit, not with byte 60"
        #expect(error == MetafileError(.notBencoded, offset: 0, message))
    }

    @Test(
        arguments: [
            (["pieces": .text("x")], .unsupported, 25, "it is a metafile of BitTorrent version 1"),
            (["pieces": .text("x"), "piece length": .integer(1)], .unsupported, 43, "it is a metafile of BitTorrent"),
            (["piece length": .integer(1)], .malformed, 7, "the key \"meta version\" is missing"),
            (["file tree": .dictionary([:])], .malformed, 7, "the key \"meta version\" is missing"),
            (["meta version": .integer(3)], .unsupported, 23, "the meta version is 3; version 2 of BitTorrent's"),
            (["meta version": .integer(2)], .malformed, 7, "the key \"file tree\" is missing"),
        ] as [(BencodeDictionary, MetafileError.Code, Int, String)])
    func saysThatAStandardTorrentIsOfAnotherVersion(
        keys: BencodeDictionary, code: MetafileError.Code, offset: Int, message: String
    ) throws {
        var info = keys
        info["name"] = .text("x")
        let error = try refusal(of: BencodeEncoder.encode(.dictionary(["info": .dictionary(info)])))
        #expect(error.code == code)
        #expect(error.offset == offset)
        #expect(error.message.hasPrefix(message), "\(error)")
    }

    @Test func truncatedAnywhereItIsRefused() throws {
        let bytes = try Samples.gotorrent().encoded
        for count in bytes.indices {
            #expect(try refusal(of: Array(bytes[..<count])).code == .notBencoded, "cut to \(count) bytes")
        }
    }

    /// Any bit flipped, any byte replaced by those that matter most: refused, or decoded to what the bytes say.
    @Test func mutatedAnywhereItIsRefusedOrRead() throws {
        let original = try Samples.gotorrent()
        for index in original.encoded.indices {
            let byte = original.encoded[index]
            let others = (0..<8).map { byte ^ (1 << $0) } + Array("0129ilde:-/".utf8) + [0, 255]
            for other in others where other != byte {
                var bytes = original.encoded
                bytes[index] = other
                guard let read = try? Metafile(decoding: bytes) else { continue }
                #expect(read.encoded == bytes)
                #expect(read.chunkHashes.count == read.layout.chunkCount)
                #expect((read.infoHash == original.infoHash) == (index < 40), "byte \(index) is \(other)")
                let again = try Metafile(
                    name: read.name, length: read.layout.length, chunkSize: read.layout.chunkSize,
                    tracker: read.tracker, chunkHashes: read.chunkHashes)
                #expect(again == read, "byte \(index) is \(other)")
            }
        }
    }
}
