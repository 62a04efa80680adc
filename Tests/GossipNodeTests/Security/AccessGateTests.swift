import GossipNode
import Testing
import ZeroMQ

@Suite struct AccessGateTests {
    private let own = CurvePublicKey(bytes: [UInt8](repeating: 9, count: 32))

    private func gate() throws -> AccessGate {
        AccessGate(
            own: try #require(own),
            list: AllowList([
                .init(key: try AllowListTests.key(0), name: "lab1", role: .node),
                .init(key: try AllowListTests.key(1), name: "screen", role: .monitor),
            ]))
    }

    @Test func aNodeMayDoEverythingAMonitorMayListenAStrangerNothing() throws {
        let gate = try gate()
        let (node, monitor, stranger) = (
            try AllowListTests.key(0).hex, try AllowListTests.key(1).hex, try AllowListTests.key(2).hex
        )
        for port in SecuredPort.allCases {
            #expect(gate.admits(node, to: port))
            #expect(gate.admits(own?.hex, to: port))
            #expect(gate.admits(monitor, to: port) == (port == .busSubscribe))
            #expect(!gate.admits(stranger, to: port))
            #expect(!gate.admits(nil, to: port))
            #expect(!gate.admits("", to: port))
        }
        #expect(gate.name(of: try AllowListTests.key(0)) == "lab1")
        #expect(gate.name(of: try AllowListTests.key(2)) == stranger)
    }

    @Test func anotherListCountsAtOnce() throws {
        let gate = try gate()
        gate.replace(AllowList([.init(key: try AllowListTests.key(2), name: "new", role: .node)]))
        #expect(!gate.admits(try AllowListTests.key(0).hex, to: .peer))
        #expect(gate.admits(try AllowListTests.key(2).hex, to: .peer))
        gate.replace(AllowList())
        #expect(!gate.admits(try AllowListTests.key(2).hex, to: .peer))
        #expect(gate.admits(own?.hex, to: .peer))
    }

    @Test func theThirdWrongChunkBans() throws {
        let gate = try gate()
        let node = try AllowListTests.key(0)
        #expect(AccessGate.wrongChunkLimit == 3)
        #expect([1, 2].allSatisfy { _ in !gate.noteWrongChunk(from: node) })
        #expect(gate.admits(peer: node))
        #expect(gate.noteWrongChunk(from: node))
        for port in SecuredPort.allCases { #expect(!gate.admits(node.hex, to: port)) }
        #expect(!gate.noteWrongChunk(from: node), "once is enough")
        gate.replace(gate.list)
        #expect(!gate.admits(peer: node), "a list does not lift a ban")
    }

    @Test func theSixteenthBrokenPromiseInARowBans() throws {
        let gate = try gate()
        let node = try AllowListTests.key(0)
        #expect(AccessGate.brokenPromiseLimit == 16)
        for _ in 0..<3 {
            #expect((1...15).allSatisfy { _ in !gate.noteBrokenPromise(of: node) })
            gate.noteRightChunk(from: node)
        }
        // Wrong chunks are counted by themselves, and no right one makes up for them.
        #expect([1, 2].allSatisfy { _ in !gate.noteWrongChunk(from: node) })
        gate.noteRightChunk(from: node)
        #expect((1...15).allSatisfy { _ in !gate.noteBrokenPromise(of: node) })
        #expect(gate.admits(peer: node))
        #expect(gate.noteBrokenPromise(of: node))
        #expect(!gate.admits(peer: node) && !gate.noteBrokenPromise(of: node))
    }

    @Test func aRightChunkMakesUpForNoWrongOnes() throws {
        let gate = try gate()
        let node = try AllowListTests.key(0)
        #expect([1, 2].allSatisfy { _ in !gate.noteWrongChunk(from: node) })
        gate.noteRightChunk(from: node)
        #expect(gate.noteWrongChunk(from: node))
    }

    @Test func whoIsNotListedIsNotCounted() throws {
        let gate = try gate()
        let (stranger, own) = (try AllowListTests.key(2), try #require(own))
        for key in [stranger, own] {
            for _ in 0..<20 { #expect(!gate.noteWrongChunk(from: key) && !gate.noteBrokenPromise(of: key)) }
        }
        #expect(gate.admits(peer: own))
    }
}
