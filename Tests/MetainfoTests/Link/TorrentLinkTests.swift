import Metainfo
import Testing

/// Links that name a torrent and its tracker.
@Suite struct TorrentLinkTests {
    private static let hex = "5f74bc599712e22c01ed150f60303fecaf0c75e14d64b534cbc2f8e3b6e9eed2"

    private static func link(_ name: String? = nil, host: String = "10.0.0.1") throws -> TorrentLink {
        TorrentLink(
            infoHash: try #require(InfoHash(hex: hex)), tracker: try TrackerURI("tcp://\(host):6969"), name: name)
    }

    @Test func goldenTexts() throws {
        #expect(try Self.link().description == "tcp://10.0.0.1:6969/\(Self.hex)")
        #expect(
            try Self.link("a b&c.txt").magnet
                == "magnet:?xt=urn:btmh:1220\(Self.hex)&dn=a%20b%26c.txt&tr=tcp%3A%2F%2F10.0.0.1%3A6969")
    }

    @Test(arguments: ["10.0.0.1", "seed.example", "[fe80::1%eth0]"])
    func bothFormsSurviveTheRoundTrip(host: String) throws {
        let plain = try Self.link(host: host)
        #expect(try TorrentLink(plain.description) == plain)
        for name in ["GOTORRENT.txt", "ä & ö = 100 % +1", "日本"] {
            let named = try Self.link(name, host: host)
            #expect(try TorrentLink(named.magnet) == named)
        }
    }

    @Test(
        arguments: [
            "tcp://10.0.0.1:6969/\(hex.uppercased())",
            "MAGNET:?XT=urn:BTMH:1220\(hex)&TR=tcp://10.0.0.1:6969",
            "magnet:?tr=tcp%3a%2f%2f10.0.0.1%3a6969&ws=http://x/&xl=9&xt=urn:btmh:1220\(hex)",
            "magnet:?xt.1=urn:btih:c12fe1c06bba254a9dc9f519b335aa7c1367a88a&xt.2=urn:btmh:1220\(hex)"
                + "&tr.1=udp%3A%2F%2Ftracker.example%3A80&tr.2=tcp%3A%2F%2F10.0.0.1%3A6969&dn=",
        ])
    func otherSpellingsAreRead(text: String) throws {
        #expect(try TorrentLink(text) == Self.link())
    }

    @Test func theTrackersKeyGoesWithTheLink() throws {
        let plain = try Self.link("x")
        let key = String(repeating: "0f", count: 32)
        let link = TorrentLink(
            infoHash: plain.infoHash, tracker: plain.tracker, trackerKey: [UInt8](repeating: 15, count: 32), name: "x")
        #expect(link.description == "tcp://10.0.0.1:6969/\(Self.hex)#\(key)")
        #expect(link.magnet == plain.magnet + "&x.curve=\(key)")
        #expect(try TorrentLink(link.description).trackerKey == link.trackerKey)
        #expect(try TorrentLink(link.magnet) == link)
        #expect(try TorrentLink("magnet:?X.CURVE=\(key.uppercased())&" + plain.magnet.dropFirst(8)) == link)
    }

    static let refused: [(text: String, complaint: String)] = [
        ("GOTORRENT.torrent", "it must be tcp://HOST:PORT/INFOHASH or magnet:?"),
        ("tcp://10.0.0.1:6969", "the info hash is missing"),
        ("tcp://10.0.0.1:6969/", "must be 64 hexadecimal digits, not \"\""),
        ("tcp://10.0.0.1:6969/5f74", "must be 64 hexadecimal digits, not \"5f74\""),
        ("tcp://10.0.0.1:6969/x\(hex.dropFirst())", "must be 64 hexadecimal digits"),
        ("tcp://10.0.0.1:6969/\(hex)0", "must be 64 hexadecimal digits"),
        ("tcp://10.0.0.1:6969/\(hex)#", "the tracker's key must be 64 hexadecimal digits, not \"\""),
        ("tcp://10.0.0.1:6969/\(hex)#\(hex)0", "the tracker's key must be 64 hexadecimal digits"),
        ("magnet:?xt=urn:btmh:1220\(hex)&tr=tcp://h:1&x.curve=00", "the tracker's key must be 64 hexadecimal digits"),
        ("tcp://10.0.0.1/\(hex)", "it must be tcp://HOST:PORT"),
        ("tcp://10.0.0.1:0/\(hex)", "its port must be 1 to 65533"),
        ("tcp://10.0.0.1:6969\u{1b}[2J/\(hex)", "its port must be"),
        ("magnet:xt=urn:btmh:1220\(hex)", "begins with \"magnet:?\""),
        ("magnet:?", "xt=urn:btmh:1220 and 64 hexadecimal digits (BitTorrent v2); it has none"),
        ("magnet:?xt=urn:btmh:1220\(hex)", "tr=tcp://HOST:PORT is needed; it has none"),
        ("magnet:?xt=urn:btmh:1220\(hex)&tr=udp%3A%2F%2Fx%3A1", "is needed; it has \"udp://x:1\""),
        ("magnet:?xt=urn:btmh:1220\(hex)&tr=tcp%3A%2F%2Fx%3Ay", "its port must be"),
        ("magnet:?xt=urn:btmh:1114\(hex)&tr=tcp://h:1", "not \"urn:btmh:1114"),
        ("magnet:?xt=urn:btmh:1220\(hex.dropLast())&tr=tcp://h:1", "64 hexadecimal digits"),
        (
            "magnet:?xt=urn:btih:c12fe1c06bba254a9dc9f519b335aa7c1367a88a&tr=tcp://h:1",
            "(BitTorrent v2); it has \"urn:btih"
        ),
        ("magnet:?xt=urn:btmh:1220\(hex)&tr=tcp://h:1&dn=%zz", "not percent-encoded UTF-8"),
        ("magnet:?xt=urn:btmh:1220\(hex)&tr=tcp://h:1&dn=%ff", "not percent-encoded UTF-8"),
        ("magnet:?xt=urn:btmh:1220\(hex)&tr=tcp://h:1&dn=%+1", "not percent-encoded UTF-8"),
        ("magnet:?dn=\(String(repeating: "x", count: 9_000))", "8192 are the most"),
    ]

    @Test(arguments: refused)
    func whatIsWrongIsNamed(text: String, complaint: String) throws {
        let error = try #require(throws: MetafileError.self) { try TorrentLink(text) }
        #expect(error.description.contains(complaint), "\(error)")
        #expect(error.description.utf8.count < 500)
        #expect(!error.description.contains("\u{1b}"))
    }

    @Test func linksAreToldFromPaths() {
        for text in ["tcp://x", "magnet:?xt", "MAGNET:", "TCP://x"] { #expect(TorrentLink.isMeant(by: text)) }
        for text in ["x.torrent", "/tcp://x", "magnet", "./magnet:?xt", ""] { #expect(!TorrentLink.isMeant(by: text)) }
    }

    @Test func noMutationTrapsOrChangesTheTorrentUnseen() throws {
        let links = [try Self.link().description, try Self.link("GOTORRENT.txt").magnet]
        var generator = SplitMix64(state: 5)
        var (read, refused) = (0, 0)
        for round in 0..<4_000 {
            var bytes = Array(links[round % 2].utf8)
            for _ in 0...generator.next() % 3 {
                let place = Int(generator.next() % UInt64(bytes.count))
                switch generator.next() % 3 {
                case 0: bytes[place] = UInt8(truncatingIfNeeded: generator.next())
                case 1: bytes.remove(at: place)
                default: bytes.insert(UInt8(truncatingIfNeeded: generator.next()), at: place)
                }
            }
            let text = String(decoding: bytes, as: UTF8.self)
            guard let link = try? TorrentLink(text) else {
                refused += 1
                continue
            }
            #expect(text.lowercased().contains(link.infoHash.description))
            #expect(try TorrentLink(link.magnet) == link)
            read += 1
        }
        #expect(read > 100 && refused > 1_000, "\(read) \(refused)")
    }
}
