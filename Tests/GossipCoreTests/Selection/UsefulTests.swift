import Testing

@testable import GossipCore

/// The selections that look at the partner alone, by string art: what we have, what the partner offers.
@Suite struct UsefulTests {
    private static let helping: [(have: String, offered: String, helping: [ChunkID])] = [
        ("x..x", "xxxx", [1, 2]),
        ("....", "x..x", [0, 3]),
        ("xxxx", "xxxx", []),
        ("....", "....", []),
        ("x..x", "x..x", []),
        ("", "", []),
    ]

    @Test(arguments: helping)
    func usefulIsAnyThatHelps(have: String, offered: String, helping: [ChunkID]) {
        var generator = RandomGenerator(seed: 5)
        var found: Set<ChunkID> = []
        for _ in 0..<100 {
            let chunk = Useful.pick(excluding: ChunkSet(have), offered: ChunkSet(offered), using: &generator)
            if let chunk { found.insert(chunk) }
        }
        #expect(found.sorted() == helping)
    }

    @Test func usefulIsDrawnUniformly() {
        var generator = RandomGenerator(seed: 6)
        let drawn = histogram(of: 6, draws: 9_000) {
            Useful.pick(excluding: ChunkSet("x....."), offered: ChunkSet("xx.x.x"), using: &generator).map { Int($0) }
        }
        #expect(isUniform(drawn, over: [1, 3, 5]))
    }

    @Test(arguments: helping)
    func latestUsefulIsTheLastThatHelps(have: String, offered: String, helping: [ChunkID]) {
        #expect(LatestUseful.pick(excluding: ChunkSet(have), offered: ChunkSet(offered)) == helping.last)
    }

    @Test func inOrderTakesTheMissingOnesInTurn() {
        #expect((0..<4).map { InOrder.pick(from: ChunkSet("x..x."), turn: $0) } == [1, 2, 4, nil])
        #expect(InOrder.pick(from: ChunkSet("xx"), turn: 0) == nil)
    }

    /// The partners alone are asked, and each for another chunk.
    @Test(arguments: [ChunkSelection.useful, .latestUseful])
    func partnersAloneAreAskedForDigests(selection: ChunkSelection) {
        var peer = TestPeer("..", .pull, fanout: 2, selection: selection, peers: [1, 2, 3, 4, 5], seed: 3)
        let asked = peer.tick(1).digestsAsked
        #expect(asked.count == 2)
        var pulls: [ChunkID] = []
        for partner in asked {
            pulls += peer.digest("xx", in: 1, from: partner, MessageToken(partner.rawValue)).pulls.map(\.chunk)
        }
        #expect(pulls.sorted() == [0, 1])
    }

    @Test func inOrderAsksEachPartnerForTheNext() {
        var peer = TestPeer("x...", .pull, fanout: 2, selection: .inOrder, peers: [1, 2, 3], seed: 3)
        #expect(peer.tick(1).pulls.map(\.chunk) == [1, 2])
    }
}
