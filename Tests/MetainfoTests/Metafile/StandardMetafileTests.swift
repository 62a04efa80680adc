import Metainfo
import Testing

/// Metafiles of BEP 52 that are cut, changed and contradict themselves.
@Suite struct StandardMetafileTests {
    /// Two files of several chunks, one of one chunk and an empty one, changed by `change` and not checked.
    private func changed(_ change: (inout BencodeDictionary, inout BencodeDictionary) -> Void) throws -> [UInt8] {
        guard case .dictionary(var root) = try BencodeDecoder(Self.original()).decode(),
            case .dictionary(var info)? = root["info"]
        else { return [] }
        change(&root, &info)
        if root["info"] != nil { root["info"] = .dictionary(info) }
        return BencodeEncoder.encode(.dictionary(root))
    }

    private static func original() throws -> [UInt8] {
        let folder = TemporaryFolder([
            "a": Fixtures.content("a", length: 40000), "b/c": Fixtures.content("c", length: 70000), "d": [1], "e": [],
        ])
        return try Metafile.describing(folder.path, chunkSize: 16384, tracker: Samples.tracker()).encoded
    }

    private func refusal(of bytes: [UInt8]) throws -> MetafileError {
        try #require(throws: MetafileError.self) { try Metafile(decoding: bytes) }
    }

    @Test func theKeysAreThoseOfBEP52() throws {
        guard case .dictionary(let root) = try BencodeDecoder(Self.original()).decode(),
            case .dictionary(let info)? = root["info"]
        else { return }
        #expect(
            root.entries.map { String(decoding: $0.key, as: UTF8.self) } == [
                "announce", "created by", "info", "piece layers",
            ])
        #expect(
            info.entries.map { String(decoding: $0.key, as: UTF8.self) } == [
                "file tree", "meta version", "name", "piece length",
            ])
        #expect(try Self.original() == Self.original(), "the same files give the same bytes")
    }

    @Test func unknownKeysStay() throws {
        let bytes = try changed { root, info in
            root["creation date"] = .integer(1)
            info["private"] = .integer(1)
        }
        let metafile = try Metafile(decoding: bytes)
        #expect(metafile.encoded == bytes)
        #expect(try metafile.infoHash != Metafile(decoding: Self.original()).infoHash)
        #expect(metafile.files.map(\.length) == [40000, 70000, 1, 0])
        #expect(metafile.files.map(\.chunks) == [0..<3, 3..<8, 8..<9, 9..<9])
    }

    @Test(arguments: [16383, 0, -1, 24576, 1 << 27, 1 << 32, .max, .min] as [Int64])
    func refusesOtherPieceLengths(length: Int64) throws {
        let error = try refusal(of: changed { _, info in info["piece length"] = .integer(length) })
        #expect(
            error.message == "the piece length is \(length); it must be a power of two from 16384 to 67108864")
    }

    @Test(
        arguments: [
            ("piece length", nil, "the key \"piece length\" is missing"),
            ("file tree", .list([]), "\"file tree\" must be a dictionary; it is a list"),
            ("file tree", .dictionary([:]), "\"file tree\" is empty; it must hold a file"),
            ("meta version", .text("2"), "\"meta version\" must be an integer; it is a string"),
            ("meta version", nil, "the key \"meta version\" is missing"),
            ("name", .text("a/b"), "the file's name contains \"/\"; it must name one file, without folders"),
        ] as [(String, BencodeValue?, String)])
    func refusesInInfo(key: String, value: BencodeValue?, message: String) throws {
        #expect(try refusal(of: changed { _, info in info[key] = value }).message == message)
    }

    /// What a stranger may do to the layers.
    @Test func refusesLayersThatAreNotThoseOfTheFiles() throws {
        func refusal(_ change: (inout BencodeDictionary) -> Void) throws -> String {
            try self.refusal(
                of: changed { root, _ in
                    guard case .dictionary(var layers)? = root["piece layers"] else { return }
                    change(&layers)
                    root["piece layers"] = .dictionary(layers)
                }
            ).message
        }
        guard case .dictionary(let root) = try BencodeDecoder(Self.original()).decode(),
            case .dictionary(let layers)? = root["piece layers"], case .bytes(let hashes) = layers.entries[0].value
        else { return }
        let key = layers.entries[0].key
        let (title, count) = hashes.count == 96 ? ("\"a\"", 3) : ("\"b/c\"", 5)
        #expect(
            try refusal { $0[key] = nil } == "\(title) has \(count) chunks and no piece layer under its root")
        #expect(
            try refusal { $0[key] = .bytes(hashes.dropLast(32)) }
                == "the piece layer of \(title) is \(hashes.count - 32) bytes; \(count) chunks need \(hashes.count)")
        #expect(
            try refusal { $0[key] = .bytes(hashes.dropLast(1)) }.hasSuffix("chunks need \(hashes.count)"))
        #expect(
            try refusal { $0[key] = .bytes(Array(hashes.reversed())) }
                == "the piece layer of \(title) does not have its pieces root")
        #expect(try refusal { $0[key] = .integer(1) } == "a piece layer must be a string; it is an integer")
        #expect(
            try refusal { $0[[UInt8](repeating: 9, count: 32)] = .bytes(hashes) }
                == "this piece layer is of no file; there is one for each file of more than one chunk")
        #expect(try refusal { $0["short"] = .text("") } == "a key of the piece layers is 5 bytes; it must be 32")
        #expect(
            try self.refusal(of: changed { root, _ in root["piece layers"] = nil }).message
                == "the key \"piece layers\" is missing")
    }

    @Test func truncatedAnywhereItIsRefused() throws {
        let bytes = try Self.original()
        for count in bytes.indices {
            #expect(try refusal(of: Array(bytes[..<count])).code == .notBencoded, "cut to \(count) bytes")
        }
    }

    /// Every byte of ours and of libtorrent's, changed in four ways: refused, or another torrent, or the
    /// same one with another tracker or comment. Nothing that a hash is taken from changes unseen.
    @Test(arguments: [nil, "folder-hybrid", "single-v2", "small-v2"])
    func mutatedAnywhereItIsRefusedOrAnotherTorrent(fixture: String?) throws {
        let bytes = try fixture.map(Fixtures.bytes) ?? Self.original()
        let tracker = try Samples.tracker()
        let original = try Metafile(decoding: bytes, tracker: tracker)
        let info = try #require(BencodeDecoder(bytes).range(at: ["info"]))
        let layers = try #require(BencodeDecoder(bytes).range(at: ["piece layers"]))
        for index in bytes.indices {
            for other in [bytes[index] ^ 1, bytes[index] ^ 128, UInt8(ascii: "e"), UInt8(ascii: "9")]
            where other != bytes[index] {
                var mutated = bytes
                mutated[index] = other
                guard let read = try? Metafile(decoding: mutated, tracker: tracker) else { continue }
                #expect(!layers.contains(index), "byte \(index) is \(other)")
                #expect((read.infoHash != original.infoHash) == info.contains(index), "byte \(index) is \(other)")
                #expect(read.chunkHashes.count == read.layout.chunkCount)
                #expect(read.files.count == read.layout.fileCount)
            }
        }
    }
}
