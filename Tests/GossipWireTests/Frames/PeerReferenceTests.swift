import GossipWire
import Testing

private let key = String(repeating: "0123456789abcdef", count: 4)

@Suite struct PeerReferenceTests {
    @Test(arguments: [
        "tcp://127.0.0.1:5001", "tcp://h:1", "tcp://host-7.example.org:65535", "tcp://under_score:5001",
        "tcp://[::1]:5001", "tcp://[fe80::1%eth0]:5001", "tcp://127.0.0.1:5001#" + key,
        "tcp://h:5001#" + key.uppercased(),
        "tcp://" + String(repeating: "a", count: 247) + ":1",
    ])
    func accepted(text: String) {
        let reference = PeerReference(text)
        #expect(reference?.description == text)
        #expect(reference?.bytes == Array(text.utf8))
    }

    @Test(arguments: [
        "", "tcp://", "tcp://:5001", "tcp://h", "tcp://h:", "h:5001", "TCP://h:5001", "udp://h:5001", "ipc:///tmp/x",
        "inproc://x", "tcp://h:0", "tcp://h:65536", "tcp://h:99999", "tcp://h:123456", "tcp://h:-1", "tcp://h:+1",
        "tcp://h:5 ", "tcp://h:５", "tcp://h: 5", "tcp://h:5001#", "tcp://h:5001#00", "tcp://h:5001#" + key + "0",
        "tcp://h:5001#" + key.dropLast() + "g", "tcp://h:5001#" + key + "#", "tcp://h#" + key, "tcp://*:5001",
        "tcp://a b:5001", "tcp://h\n:5001", "tcp://\u{1B}[31m:5001", "tcp://h;i:5001", "tcp://h/p:5001", "tcp://ü:5001",
        "tcp://::1:5001", "tcp://[::1:5001", "tcp://::1]:5001", "tcp://[]:5001", "tcp://[:5001", "tcp://]:5001",
        "tcp://[a]b[c]:5001", "tcp://[[::1]]:5001", "tcp://a[b]:5001", "tcp://h]:5001",
        "tcp://" + String(repeating: "a", count: 248) + ":1",
    ])
    func refused(text: String) {
        #expect(PeerReference(text) == nil)
    }

    @Test func bytesThatAreNoTextAreRefused() {
        #expect(PeerReference(Array("tcp://h".utf8) + [0xFF] + Array(":1".utf8)) == nil)
        #expect(PeerReference(Array("tcp://h".utf8) + [0] + Array(":1".utf8)) == nil)
        #expect(PeerReference([]) == nil)
    }

    @Test func whatToConnectToAndTheKey() {
        let open = PeerReference("tcp://[::1]:5001")
        #expect(open?.endpoint == "tcp://[::1]:5001" && open?.publicKey == nil)
        let secured = PeerReference("tcp://h:5001#" + key)
        #expect(secured?.endpoint == "tcp://h:5001")
        #expect(secured?.publicKey == [UInt8](hex: key) && secured?.publicKey?.count == 32)
        #expect(open != secured)
    }
}
