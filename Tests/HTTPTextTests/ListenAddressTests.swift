import Testing

@testable import HTTPText

@Suite struct ListenAddressTests {
    @Test(arguments: [
        ("6980", "127.0.0.1:6980"), ("0", "127.0.0.1:0"), ("0.0.0.0", "0.0.0.0:6980"), ("10.0.0.5:80", "10.0.0.5:80"),
        ("localhost:7000", "127.0.0.1:7000"), ("[::1]:7000", "[::1]:7000"), ("[::]", "[::]:6980"),
        ("::1", "[::1]:6980"),
    ]) func anAddressIsReadInAllItsForms(_ text: String, _ expected: String) {
        #expect(ListenAddress(text, defaultPort: 6980)?.description == expected)
    }

    @Test(arguments: [
        "", "70000", "host", "host:80", "1.2.3", "1.2.3.4.5", "1.2.3.400", "1.2.3.4:", "1.2.3.4:x", "1.2.3.4:70000",
        "[::1", "[1.2.3.4]:80", "[::1]80", "[::g]:80", "tcp://1.2.3.4:80",
    ]) func anythingElseIsNone(_ text: String) {
        #expect(ListenAddress(text, defaultPort: 6980) == nil)
    }

    @Test func onlyLoopbackIsLoopback() {
        #expect(ListenAddress("127.0.0.9:1", defaultPort: 6980)?.isLoopback == true)
        #expect(ListenAddress("[::1]:1", defaultPort: 6980)?.isLoopback == true)
        #expect(ListenAddress("0.0.0.0:1", defaultPort: 6980)?.isLoopback == false)
        #expect(ListenAddress("0.0.0.0:1", defaultPort: 6980)?.isAny == true)
        #expect(ListenAddress("192.168.0.1:1", defaultPort: 6980)?.isLoopback == false)
    }
}
