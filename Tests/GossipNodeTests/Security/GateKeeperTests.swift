import GossipNode
import Testing
import ZeroMQ

/// The keeper as libzmq meets it: questions of ZAP (RFC 27), and their answers.
@Suite(.timeLimit(.minutes(5)))
struct GateKeeperTests {
    private static func question(_ key: [UInt8], port: SecuredPort = .peer) -> [[UInt8]] {
        ["1.0", "7", port.rawValue, "10.0.0.9", "", "CURVE"].map { Array($0.utf8) } + [key]
    }

    /// A key that nobody has made, another for each number.
    private static func stranger(_ number: Int) -> [UInt8] {
        (0..<32).map { $0 < 4 ? UInt8(truncatingIfNeeded: number >> ($0 * 8)) : 0xA5 }
    }

    /// However many come: each is answered, and what is remembered of them has an end.
    @Test func aFloodOfStrangersIsAnsweredAndNotRemembered() async throws {
        let (friend, screen) = (try CurveKeyPair.generate().publicKey, try CurveKeyPair.generate().publicKey)
        let list = AllowList([
            .init(key: friend, name: "friend", role: .node), .init(key: screen, name: "screen", role: .monitor),
        ])
        let gate = AccessGate(own: try CurveKeyPair.generate().publicKey, list: list)
        let count = GateKeeper.namedLimit + 500
        try await Runtime.with { runtime in
            let log = CapturedLog()
            let keeper = GateKeeper(
                gate, watching: nil, context: runtime.context, loop: runtime.loop, log: log.logger)
            try await keeper.open()
            try await runtime.stage { stage in
                let asking = try stage.connected(.request, to: "inproc://zeromq.zap.01")
                func answer(_ frames: [[UInt8]]) throws -> [[UInt8]] {
                    try asking.send(frames)
                    return try #require(try asking.next())
                }
                func status(_ frames: [[UInt8]]) throws -> [UInt8]? { try answer(frames).dropFirst(2).first }
                for number in 0..<count {
                    #expect(try status(Self.question(Self.stranger(number))) == Array("300".utf8))
                }
                // The same one again is no news.
                #expect(try status(Self.question(Self.stranger(0))) == Array("300".utf8))
                #expect(try status(Self.question([1, 2, 3])) == Array("400".utf8))
                // What is no question is answered by what is no answer; libzmq takes that for a refusal.
                for frames in [[[]], Array(Self.question(friend.bytes).dropLast(2))] {
                    #expect(try answer(frames) == [[]])
                }
                #expect(try status(Self.question(screen.bytes)) == Array("300".utf8))
                #expect(try answer(Self.question(screen.bytes, port: .busSubscribe))[4] == Array(screen.hex.utf8))
                #expect(try answer(Self.question(friend.bytes))[4] == Array(friend.hex.utf8))
            }
            #expect(await keeper.deniedCount == count + 3)
            #expect(log.lines(saying: "refused").count == GateKeeper.namedLimit)
            await keeper.close()
        }
    }
}
