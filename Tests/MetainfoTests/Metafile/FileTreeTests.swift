import Metainfo
import Testing

/// File trees made to write where they must not, one attack a test, and those that only look like it.
@Suite struct FileTreeTests {
    private func file(_ length: Int64 = 1) -> BencodeValue {
        .dictionary(["": .dictionary(["length": .integer(length), "pieces root": .bytes(Self.root)])])
    }

    private static let root = [UInt8](repeating: 7, count: 32)

    private func read(_ tree: BencodeValue, name: String = "root") throws -> Metafile {
        let info: BencodeDictionary = [
            "file tree": tree, "meta version": .integer(2), "name": .text(name), "piece length": .integer(16384),
        ]
        let metafile: BencodeDictionary = ["info": .dictionary(info), "piece layers": .dictionary([:])]
        return try Metafile(decoding: BencodeEncoder.encode(.dictionary(metafile)), tracker: Samples.tracker())
    }

    private func refusal(of tree: BencodeDictionary) throws -> String {
        try #require(throws: MetafileError.self) { try read(.dictionary(tree)) }.message
    }

    @Test(arguments: [
        ("..", "the entry \"..\" is \"..\", which means a folder"),
        (".", "the entry \".\" is \".\", which means a folder"),
        ("/etc", "the entry \"/etc\" contains \"/\"; it must name one file, without folders"),
        ("../x", "the entry \"../x\" contains \"/\"; it must name one file, without folders"),
        ("a\\b", "the entry \"a\\\\b\" contains \"\\\"; it must name one file, without folders"),
        ("a\0", "the entry \"a\\0\" contains the control character 0"),
        ("\u{1b}[2J", "the entry \"\\u{1B}[2J\" contains the control character 27"),
        ("a\u{9b}", "the entry \"a\\u{009B}\" contains the control character 155"),
        (
            String(repeating: "x", count: 256),
            "the entry \"\(String(repeating: "x", count: 80))\" is 256 bytes long; 255 are the most"
        ),
    ])
    func refusesNamesThatAreNoComponent(name: String, message: String) throws {
        #expect(try refusal(of: [name: file()]) == message)
        let below = try refusal(of: ["ok": .dictionary([name: file()])])
        #expect(below == message.replacing("the entry \"", with: "the entry \"ok/", maxReplacements: 1))
        #expect(try refusal(of: ["ok": .dictionary([name: .dictionary(["x": file()])])]) == below)
    }

    @Test func refusesAnEmptyName() throws {
        #expect(try refusal(of: ["": file()]) == "the entry \"\" is empty")
    }

    @Test func refusesANameThatIsNotUTF8() throws {
        var tree = BencodeDictionary()
        tree[[0x61, 0xff]] = file()
        #expect(try refusal(of: tree) == "the entry \"a\u{fffd}\" has a name that is not UTF-8")
    }

    @Test(arguments: [
        ("README", "readme"), ("Straße", "STRASSE"), ("É", "é"), ("\u{e9}", "e\u{301}"), ("\u{c9}", "e\u{301}"),
        ("Σ", "ς"),
    ])
    func refusesNamesThatAreOneOnSomeFileSystem(first: String, second: String) throws {
        let rule = "is there twice, or differs from another in the case of letters or the encoding of accents alone"
        #expect(try refusal(of: [first: file(), second: file()]).hasSuffix(rule))
        // A folder and a file as well, and below another folder.
        let message = try refusal(
            of: ["in": .dictionary([first: file(), second: .dictionary(["x": file()])])])
        #expect(message.hasSuffix(rule))
        #expect(message.hasPrefix("the entry \"in/"))
        // In two folders they do not meet.
        let apart = try read(.dictionary(["a": .dictionary([first: file()]), "b": .dictionary([second: file()])]))
        #expect(apart.files.count == 2)
    }

    @Test func refusesANameTwice() throws {
        let twice =
            "d4:infod9:file treed1:ad0:d6:lengthi0eee1:ad0:d6:lengthi0eeee12:meta versioni2e4:name1:x"
            + "12:piece lengthi16384ee12:piece layersdee"
        let error = try #require(throws: MetafileError.self) {
            try Metafile(decoding: Array(twice.utf8), tracker: Samples.tracker())
        }
        #expect(error == MetafileError(.notBencoded, offset: 40, "not a metafile: a key occurs twice in a dictionary"))
    }

    @Test func refusesAFileThatIsAFolder() throws {
        var both: BencodeDictionary = ["x": file()]
        both[""] = .dictionary(["length": .integer(0)])
        #expect(try refusal(of: ["a": .dictionary(both)]) == "the entry \"a\" is both a file and a folder")
    }

    @Test func refusesWhatIsNoFile() throws {
        #expect(try refusal(of: ["a": .integer(1)]) == "the entry \"a\" must be a dictionary; it is an integer")
        #expect(try refusal(of: ["a": .dictionary([:])]) == "the entry \"a\" is empty; it must hold a file")
        #expect(
            try refusal(of: ["a": .dictionary(["": .list([])])]) == "the entry \"a\" must be a dictionary; it is a list"
        )
        #expect(try refusal(of: ["a": .dictionary(["": .dictionary([:])])]) == "the key \"length\" is missing")
        #expect(try refusal(of: ["a": file(-1)]) == "the entry \"a\" has a length of -1; it cannot be negative")
        #expect(try refusal(of: ["a": file(0)]) == "the entry \"a\" is empty and has a pieces root all the same")
        #expect(try refusal(of: ["a": file(.max)]).contains("there can be 4294967295 at most"))
        #expect(
            try refusal(of: ["a": .dictionary(["": .dictionary(["length": .integer(1)])])])
                == "the key \"pieces root\" is missing")
        let short: BencodeDictionary = ["length": .integer(1), "pieces root": .text("x")]
        #expect(
            try refusal(of: ["a": .dictionary(["": .dictionary(short)])])
                == "the entry \"a\" has a pieces root of 1 bytes; it must be 32")
    }

    @Test func refusesASymlink() throws {
        let link: BencodeDictionary = [
            "attr": .text("l"), "length": .integer(0), "symlink path": .list([.text(".."), .text("etc")]),
        ]
        #expect(
            try refusal(of: ["a": .dictionary(["": .dictionary(link)])])
                == "the entry \"a\" is a symlink; only files are read")
        var program = link
        program["attr"] = .text("x")
        #expect(try read(.dictionary(["a": .dictionary(["": .dictionary(program)])])).files.count == 1)
    }

    private func chain(_ names: [String]) -> BencodeValue {
        names.reversed().reduce(file()) { tree, name in .dictionary([name: tree]) }
    }

    @Test func refusesMoreThanAHundredLevels() throws {
        let names = [String](repeating: "d", count: 100)
        #expect(try read(chain(names)).files[0].path == names)
        let error = try #require(throws: MetafileError.self) { try read(chain(names + ["d"])) }
        #expect(error.message == "the entry \"d/d/d/d/d/d/d/d/d/d/…\" is more than 100 folders deep")
        // Far deeper it is no matter of names any more.
        let deepest = try #require(throws: MetafileError.self) { try read(chain(names + names)) }
        #expect(deepest.code == .notBencoded)
    }

    @Test func refusesPathsLongerThanASystemTakes() throws {
        let names = [String](repeating: String(repeating: "x", count: 255), count: 15) + ["y"]
        // With the torrent's name and the slashes: 4 + 15 × 256 + 2 = 3846, so 250 bytes are left.
        let fits = names + [String(repeating: "z", count: 249)]
        #expect(try read(chain(fits)).files[0].path == fits)
        let error = try #require(throws: MetafileError.self) {
            try read(chain(names + [String(repeating: "z", count: 250)]))
        }
        #expect(error.message.hasSuffix("has a path of more than 4096 bytes"))
    }

    @Test func aFileOfTheTorrentsNameAloneIsNoFolder() throws {
        let single = try read(.dictionary(["root": file()]))
        #expect(!single.isFolder)
        #expect(single.files == [TorrentFile(path: ["root"], length: 1, chunks: 0..<1)])
        #expect(try read(.dictionary(["other": file()])).isFolder)
        #expect(try read(.dictionary(["root": .dictionary(["root": file()])])).isFolder)
        #expect(try read(.dictionary(["a": file(), "root": file()])).isFolder)
    }

    /// More values than the decoder builds, read in place.
    @Test func aHundredThousandFilesAreRead() throws {
        var text = Array("d4:infod9:file treed".utf8)
        for folder in 0..<100 {
            text += Array("2:\(folder / 10)\(folder % 10)d".utf8)
            for file in 0..<1000 {
                text += Array("3:\(file / 100)\(file / 10 % 10)\(file % 10)d0:d6:lengthi7e11:pieces root32:".utf8)
                text += Self.root + Array("ee".utf8)
            }
            text += Array("e".utf8)
        }
        text += Array("e12:meta versioni2e4:name4:root12:piece lengthi16384ee12:piece layersdee".utf8)
        let metafile = try Metafile(decoding: text, tracker: Samples.tracker())
        #expect(metafile.files.count == 100_000)
        #expect(metafile.files[99_999] == TorrentFile(path: ["99", "999"], length: 7, chunks: 99_999..<100_000))
        #expect(metafile.layout.place(of: 54_321) == ChunkPlace(file: 54_321, offset: 0, size: 7))
    }
}
