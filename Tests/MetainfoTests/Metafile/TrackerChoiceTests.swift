import Metainfo
import Testing

/// Which tracker is taken of those that a metafile names.
@Suite struct TrackerChoiceTests {
    private func read(
        announce: String?, tiers: [[String]]? = nil, tracker: TrackerURI? = nil
    ) throws -> String {
        let bytes = try Samples.metafile(changing: { root in
            root["announce"] = announce.map { .text($0) }
            root["announce-list"] = tiers.map { .list($0.map { .list($0.map { .text($0) }) }) }
        })
        return try Metafile(decoding: bytes, tracker: tracker).tracker.description
    }

    @Test(
        arguments: [
            ("tcp://a:1", nil, "tcp://a:1"),
            ("tcp://a:1", [["tcp://b:2"]], "tcp://a:1"),
            ("http://a/announce", [["udp://b:2", "tcp://b:2"], ["tcp://c:3"]], "tcp://b:2"),
            (nil, [[], ["tcp://c:3"]], "tcp://c:3"),
        ] as [(String?, [[String]]?, String)])
    func takesTheFirstOfOurs(announce: String?, tiers: [[String]]?, expected: String) throws {
        #expect(try read(announce: announce, tiers: tiers) == expected)
        let given = try TrackerURI("tcp://given:9")
        #expect(try read(announce: announce, tiers: tiers, tracker: given) == "tcp://given:9")
    }

    @Test(
        arguments: [(nil, nil), ("udp://a:1", nil), ("http://a", [["http://b", "wss://c"], []]), ("", [])]
            as [(String?, [[String]]?)])
    func asksForOneWhereThereIsNone(announce: String?, tiers: [[String]]?) throws {
        let error = try #require(throws: MetafileError.self) { try read(announce: announce, tiers: tiers) }
        #expect(error.code == .unsupported)
        #expect(error.message.hasSuffix("give one with --tracker tcp://HOST:PORT"))
        #expect(try read(announce: announce, tiers: tiers, tracker: TrackerURI("tcp://a:1")) == "tcp://a:1")
    }

    @Test func aTrackerOfOursThatIsWrittenWronglyIsTold() throws {
        let error = try #require(throws: MetafileError.self) { try read(announce: nil, tiers: [["tcp://a:99999"]]) }
        #expect(error.message.hasPrefix("the tracker is \"tcp://a:99999\"; its port must be"))
    }

    @Test func refusesAListThatIsNone() throws {
        let bytes = try Samples.metafile(changing: { root in
            root["announce"] = nil
            root["announce-list"] = .text("tcp://a:1")
        })
        let error = try #require(throws: MetafileError.self) { try Metafile(decoding: bytes) }
        #expect(error.message == "\"announce-list\" must be a list; it is a string")
    }

    /// A list of nothing but empty tiers, more than are looked at.
    @Test func refusesAListWithoutEnd() throws {
        let tiers = [UInt8](unsafeUninitializedCapacity: 2_000_002) { buffer, count in
            for index in stride(from: 0, to: 2_000_002, by: 2) {
                buffer[index] = UInt8(ascii: "l")
                buffer[index + 1] = UInt8(ascii: "e")
            }
            count = 2_000_002
        }
        let gotorrent = try Samples.gotorrent().encoded
        // Sorted behind "announce" there is "announce-list": the info dictionary begins at byte 34.
        let bytes: [UInt8] =
            gotorrent[..<34] + Array("13:announce-listl".utf8) + tiers + [101] + gotorrent[34...]
        let error = try #require(throws: MetafileError.self) { try Metafile(decoding: bytes) }
        #expect(error.code == .tooLarge)
        #expect(error.message == "the list of trackers: more than 1000000 values")
        #expect(try Metafile(decoding: bytes, tracker: Samples.tracker()).name == "GOTORRENT.txt")
    }
}
