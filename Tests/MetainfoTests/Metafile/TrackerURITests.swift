import Metainfo
import Testing

@Suite struct TrackerURITests {
    @Test(
        arguments: [
            ("tcp://127.0.0.1:6969", "127.0.0.1", 6969),
            ("tcp://tracker.example.org:1", "tracker.example.org", 1),
            ("tcp://my_host-2:65533", "my_host-2", 65533),
            ("tcp://[::1]:6969", "[::1]", 6969),
            ("tcp://[fe80::1%eth0]:6969", "[fe80::1%eth0]", 6969),
        ] as [(String, String, UInt16)])
    func readsHostAndPort(text: String, host: String, port: UInt16) throws {
        let uri = try TrackerURI(text)
        #expect(uri.host == host)
        #expect(uri.port == port)
        #expect("\(uri)" == text)
    }

    @Test func theBusHasTheNextTwoPorts() throws {
        let uri = try TrackerURI("tcp://[::1]:6969")
        #expect(uri.busSubscribe == "tcp://[::1]:6970")
        #expect(uri.busPublish == "tcp://[::1]:6971")
    }

    @Test(arguments: [
        ("", "it must be tcp://HOST:PORT"),
        ("tcp://", "it must be tcp://HOST:PORT"),
        ("tcp:/", "it must be tcp://HOST:PORT"),
        ("http://tracker:6969/announce", "it must be tcp://HOST:PORT"),
        ("TCP://a:1", "it must be tcp://HOST:PORT"),
        ("tcp://tracker", "it must be tcp://HOST:PORT"),
        ("tcp://:6969", "its host must be a name, an IPv4 address or an IPv6 address in brackets"),
        ("tcp://*:6969", "its host must be a name, an IPv4 address or an IPv6 address in brackets"),
        ("tcp://a b:6969", "its host must be a name, an IPv4 address or an IPv6 address in brackets"),
        ("tcp://é:6969", "its host must be a name, an IPv4 address or an IPv6 address in brackets"),
        ("tcp://::1:6969", "its host must be a name, an IPv4 address or an IPv6 address in brackets"),
        ("tcp://[]:6969", "its host must be a name, an IPv4 address or an IPv6 address in brackets"),
        ("tcp://[:/:]:6969", "its host must be a name, an IPv4 address or an IPv6 address in brackets"),
        ("tcp://a:", "its port must be 1 to 65533; the two ports after it are the bus"),
        ("tcp://a:0", "its port must be 1 to 65533; the two ports after it are the bus"),
        ("tcp://a:65534", "its port must be 1 to 65533; the two ports after it are the bus"),
        ("tcp://a:65536", "its port must be 1 to 65533; the two ports after it are the bus"),
        ("tcp://a:01", "its port must be 1 to 65533; the two ports after it are the bus"),
        ("tcp://a:+1", "its port must be 1 to 65533; the two ports after it are the bus"),
        ("tcp://a:١", "its port must be 1 to 65533; the two ports after it are the bus"),
        ("tcp://a:1/x", "its port must be 1 to 65533; the two ports after it are the bus"),
    ])
    func refuses(text: String, rule: String) {
        #expect(throws: MetafileError(.malformed, "the tracker is \"\(text)\"; \(rule)")) { try TrackerURI(text) }
    }

    @Test func refusesNamesLongerThanAnyHasToBe() {
        #expect(throws: MetafileError.self) { try TrackerURI("tcp://" + String(repeating: "a", count: 254) + ":1") }
    }

    @Test func aRefusalIsSafeToPrint() throws {
        let error = try #require(throws: MetafileError.self) {
            try TrackerURI("\u{1b}[2J" + String(repeating: "x", count: 1000))
        }
        #expect(error.message.count < 200)
        #expect(!error.message.unicodeScalars.contains("\u{1b}"))
    }
}
