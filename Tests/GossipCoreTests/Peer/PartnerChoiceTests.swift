import Testing

@testable import GossipCore

/// Partners that are those contacted longest ago, as a node draws them tick after tick.
@Suite struct PartnerChoiceTests {
    private static let peers: [PeerID] = [10, 11, 12, 13, 14]

    private func peer(_ held: String, _ style: GossipStyle, selection: ChunkSelection = .random) -> TestPeer {
        TestPeer(held, style, fanout: 1, selection: selection, peers: Self.peers, seed: 3) {
            $0.gossip.peerChoice = .leastRecentlyContacted
            $0.missedCyclesLimit = .max
            $0.digestLimit = 3
        }
    }

    /// Push and pull go through the peers each by itself: everyone is pushed to once and pulled from once.
    @Test func everyPeerIsContactedOnceInAsManyCycles() {
        var peer = peer("x.", .pushPull)
        for round in 0..<4 {
            let ticks = (1...5).map { peer.tick(Cycle(round * 5 + $0)) }
            #expect(ticks.flatMap(\.pushes).map(\.peer).sorted() == Self.peers)
            #expect(ticks.flatMap(\.pulls).map(\.peer).sorted() == Self.peers)
            #expect(ticks.flatMap(\.pushes).map(\.peer) != ticks.flatMap(\.pulls).map(\.peer))
        }
    }

    @Test(arguments: [ChunkSelection.useful, .rarestFirst])
    func partnersThatAreAskedForDigestsAreGoneThroughToo(selection: ChunkSelection) {
        var peer = peer("..", .pull, selection: selection)
        var partners: [PeerID] = []
        for cycle in 1...5 {
            let asked = peer.tick(Cycle(cycle)).digestsAsked
            #expect(Set(asked).count == (selection == .useful ? 1 : 3))
            partners += peer.machine.digestRound?.partners ?? []
        }
        #expect(partners.sorted() == Self.peers)
    }

    @Test func newPeersComeFirstAndGonePeersAreForgotten() {
        var peer = peer("x", .push)
        for cycle in 1...7 { peer.tick(Cycle(cycle)) }
        peer.learn(20)
        #expect(peer.tick(8).pushes.map(\.peer) == [20])
        peer.gone(12)
        let next = (9...13).flatMap { peer.tick(Cycle($0)) }.pushes.map(\.peer)
        #expect(!next.contains(12) && Set(next).count == 5)
        peer.learn(12)
        #expect(peer.tick(14).pushes.map(\.peer) == [12])
    }

    @Test func otherNodesHaveNoRecord() {
        var peer = TestPeer("x.", .pushPull, peers: Self.peers)
        for cycle in 1...5 { peer.tick(Cycle(cycle)) }
        #expect(peer.machine.strategy == nil)
    }
}
