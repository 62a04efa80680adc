import GossipNode
import Testing
import ZeroMQ

extension TrackerTests {
    @Suite struct BadInput {
        struct Request: Sendable, CustomTestStringConvertible {
            let testDescription: String
            let code: String
            let frames: [[UInt8]]

            init(_ description: String, _ code: String, _ frames: [[UInt8]]) {
                testDescription = description
                self.code = code
                self.frames = frames
            }
        }

        static let key = String(repeating: "0f", count: 32)

        static let requests: [Request] = [
            Request("one empty frame", "bad-signature", [[]]),
            Request("two empty frames", "bad-signature", [[], []]),
            Request("another signature", "bad-signature", Frames.text("GT2", "get_peers", "t")),
            Request("a signature that goes on", "bad-signature", Frames.text("GT1 ", "get_peers", "t")),
            Request("a signature without a verb", "malformed", Frames.text("GT1")),
            Request("an empty verb", "unknown-verb", Frames.text("GT1", "", "t")),
            Request("an unknown verb", "unknown-verb", Frames.text("GT1", "dance", "t")),
            Request("a peer's verb", "unknown-verb", Frames.text("GT1", "pull", "t")),
            Request("a verb in capitals", "unknown-verb", Frames.text("GT1", "GET_PEERS", "t")),
            Request("get_peers of nothing", "malformed", Frames.text("GT1", "get_peers")),
            Request("get_peers of an empty name", "malformed", Frames.text("GT1", "get_peers", "")),
            Request("a name of 65 bytes", "too-large", getPeers([UInt8](repeating: 1, count: 65))),
            Request("get_peers with too much", "malformed", getPeers() + [[]]),
            Request("announce of nothing", "malformed", Frames.text("GT1", "announce")),
            Request("announce of nobody", "malformed", Frames.text("GT1", "announce", "t")),
            Request("announce of two", "malformed", announce("tcp://h:1") + Frames.text("tcp://h:2")),
            Request("announce of nine frames", "malformed", announce("tcp://h:1") + Frames.text("", "", "", "", "")),
            Request("a reference of nothing", "malformed", announce("")),
            Request("a reference without a port", "malformed", announce("tcp://h")),
            Request("a reference to port 0", "malformed", announce("tcp://h:0")),
            Request("a reference to port 65536", "malformed", announce("tcp://h:65536")),
            Request("a reference to all ports", "malformed", announce("tcp://h:*")),
            Request("another transport", "malformed", announce("ipc:///tmp/h:1")),
            Request("a reference with a line break", "malformed", announce("tcp://h\n:1")),
            Request("half a key", "malformed", announce("tcp://h:1#0f0f")),
            Request("no UTF-8", "malformed", getPeers().dropLast(2) + Frames.text("announce", "t") + [[0xff, 0xfe]]),
            Request(
                "a reference of 256 bytes", "too-large",
                announce("tcp://" + String(repeating: "h", count: 248) + ":1")),
            Request("leave of nobody", "malformed", Frames.text("GT1", "leave", "t")),
            Request("leave of a non-reference", "malformed", leave("somebody")),
            Request("many frames", "unknown-verb", Frames.text("GT1") + [[UInt8]](repeating: [1], count: 500)),
        ]

        @Test(arguments: requests)
        func isAnsweredOnceAndTheNextIsServed(_ request: Request) async throws {
            try await withTracker { stage, endpoints in
                let client = try stage.connected(.dealer, to: endpoints.requests)
                try client.send([[]] + request.frames)
                try client.send([[]] + announce("tcp://h:1#\(Self.key)"))
                let reply = try client.next()
                #expect(Frames.errorCode(reply.map { Array($0.dropFirst()) }) == request.code)
                #expect(reply?.last?.isEmpty == false)
                // Were it answered twice, the next answer would be another error; were it counted in, a peer.
                #expect(try client.next()?.dropFirst().prefix(2) == ArraySlice(Frames.text("GT1", "ok")))
                try client.send([[]] + getPeers(Array("t".utf8)))
                #expect(try client.next() == [[]] + Frames.text("GT1", "peers"))
            }
        }

        @Test func messagesWithoutADelimiterGetNoAnswerAndDoNoHarm() async throws {
            try await withTracker { stage, endpoints in
                let client = try stage.connected(.dealer, to: endpoints.requests)
                try client.send(getPeers())
                try client.send([[1]])
                try client.send([[]] + announce("tcp://h:1"))
                #expect(try client.next()?.dropFirst().prefix(2) == ArraySlice(Frames.text("GT1", "ok")))
            }
        }

        @Test func clientsThatVanishDoNoHarm() async throws {
            try await withTracker { stage, endpoints in
                let witness = try stage.connected(.request, to: endpoints.requests)
                for number in 1...40 {
                    let client = try stage.connected(.dealer, to: endpoints.requests)
                    try client.set(.linger, to: patience)
                    for _ in 0..<10 { try client.send([[]] + announce("tcp://10.0.0.1:\(number)")) }
                    client.close()
                    #expect(try witness.askForPeers() != nil)
                }
                // Every one of them was heard all the same.
                #expect(
                    try repeatedly(witness) {
                        var heard: Set<String> = []
                        for _ in 0..<100 { heard.formUnion(try witness.askForPeers() ?? []) }
                        return heard.count == 40
                    })
            }
        }

        @Test func aHugeFrameCostsItsSenderTheLink() async throws {
            try await withTracker { stage, endpoints in
                let witness = try stage.connected(.request, to: endpoints.requests)
                let client = try stage.connected(.dealer, to: endpoints.requests)
                try client.send([[]] + getPeers([UInt8](repeating: 1, count: 64 << 10)))
                // The link is made again. What was on its way with the huge frame may be lost; an answer to that frame
                // would come first.
                var replies: [[UInt8]] = []
                #expect(
                    try repeatedly(client) {
                        try client.send([[]] + getPeers())
                        while let reply = try client.receive(timeout: .zero) { replies.append(reply[2]) }
                        return !replies.isEmpty
                    })
                #expect(Set(replies) == [Array("peers".utf8)])
                #expect(try witness.askForPeers() == [])
            }
        }

        @Test func bytesThatAreNoZeroMQDoNoHarm() async throws {
            try await withTracker { stage, endpoints in
                let witness = try stage.connected(.request, to: endpoints.requests)
                for bytes in Stranger.greetings {
                    for endpoint in [endpoints.requests, endpoints.busSubscribe, endpoints.busPublish] {
                        try Stranger.send(bytes, to: endpoint)
                    }
                    #expect(try witness.askForPeers() == [])
                }
            }
        }
    }
}
