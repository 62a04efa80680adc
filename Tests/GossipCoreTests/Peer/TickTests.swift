import GossipCore
import Testing

/// What a node sends of its own accord when a cycle begins.
@Suite struct TickTests {
    @Test func pushSendsAHeldChunkToAPartner() {
        var peer = TestPeer("..x", .push, peers: [7])
        #expect(peer.tick(1) == [.send(.push(cycle: 1, chunk: 2), to: 7)])
        #expect(peer.counts.sent == 1)
    }

    @Test func pushSendsNothingWhereNothingIsHeld() {
        var peer = TestPeer("...", .push, peers: [7])
        #expect(peer.tick(1) == [])
        #expect(peer.counts == MessageCounts())
    }

    @Test func pullAsksAPartnerForAMissingChunk() {
        var peer = TestPeer("xx.", .pull, peers: [7])
        #expect(peer.tick(1) == [.send(.pull(cycle: 1, chunk: 2), to: 7)])
        #expect(peer.counts.sent == 1)
    }

    @Test func pushPullDoesBoth() {
        var peer = TestPeer("x.", .pushPull, peers: [7])
        #expect(
            peer.tick(1) == [.send(.push(cycle: 1, chunk: 0), to: 7), .send(.pull(cycle: 1, chunk: 1), to: 7)])
        #expect(peer.counts.sent == 2)
    }

    @Test(arguments: GossipStyle.allCases)
    func aSeedNeverPulls(style: GossipStyle) {
        var seed = TestPeer("xxx", style, fanout: 2, peers: [7, 8])
        let actions = seed.tick(1)
        #expect(actions.pulls.isEmpty)
        #expect(actions.pushes.count == (style == .pull ? 0 : 2))
    }

    @Test(arguments: GossipStyle.allCases)
    func withoutPeersNothingIsSent(style: GossipStyle) {
        var peer = TestPeer("x.", style)
        #expect(peer.tick(1) == [])
    }

    @Test func fewerKnownThanTheFanoutMeansAllOfThem() {
        var peer = TestPeer("x.", .pushPull, fanout: 5, peers: [7, 8, 9])
        let actions = peer.tick(1)
        #expect(actions.pushes.map(\.peer).sorted() == [7, 8, 9])
        #expect(actions.pulls.map(\.peer).sorted() == [7, 8, 9])
        #expect(peer.counts.sent == 6)
    }

    @Test func theChunkIsDrawnAnewForEachPartner() {
        var chunks: [Set<ChunkID>] = []
        for seed in 1...40 {
            var peer = TestPeer("xx..", .pushPull, fanout: 2, peers: [7, 8], seed: UInt64(seed))
            let actions = peer.tick(1)
            chunks.append(Set(actions.pushes.map(\.chunk)))
            chunks.append(Set(actions.pulls.map(\.chunk)))
        }
        #expect(chunks.contains { $0.count == 1 } && chunks.contains { $0.count == 2 })
    }

    @Test func partnersOfPushAndPullAreDrawnSeparately() {
        let pairs = (1...40).map { seed in
            var peer = TestPeer("x.", .pushPull, peers: [7, 8], seed: UInt64(seed))
            let actions = peer.tick(1)
            return actions.pushes[0].peer == actions.pulls[0].peer
        }
        #expect(pairs.contains(true) && pairs.contains(false))
    }

    @Test func aDrawSeesWhatWasHeldWhenTheCycleBegan() {
        var peer = TestPeer("...", .push, peers: [7])
        #expect(peer.tick(1) == [])
        peer.push(1, in: 1, 100)
        peer.verified(100)
        #expect(peer.held == "...")
        #expect(peer.machine.heldAndFresh == ChunkSet(".x."))
        #expect(peer.tick(2) == [.send(.push(cycle: 2, chunk: 1), to: 7)])
    }

    @Test func aPeerThatCompletedGoesOnPushingAndServing() {
        var peer = TestPeer("x.", .pushPull, peers: [7])
        peer.tick(1)
        peer.push(1, in: 1, 100)
        #expect(peer.verified(100) == [.storeChunk(1, 100), .reportCompletion(1), .release(100)])
        #expect(peer.machine.isComplete && !peer.machine.held.isComplete)
        let actions = peer.tick(2)
        #expect(actions.pushes.count == 1 && actions.pulls.isEmpty)
        #expect(peer.pull(1, in: 2, 101) == [.reply(.chunk(cycle: 2, chunk: 1), to: 101), .release(101)])
    }

    @Test(arguments: GossipStyle.allCases)
    func anEmptyFileIsCompleteAtOnceAndSendsNothing(style: GossipStyle) {
        var peer = TestPeer("", style, peers: [7])
        #expect(peer.machine.isComplete)
        #expect(peer.tick(1) == [])
        #expect(peer.pull(0, in: 1, 100) == [.reply(.malformed, to: 100), .release(100)])
        #expect(peer.push(0, in: 1, 101) == [.release(101)])
        #expect(peer.counts.refused == 2)
        #expect(
            peer.have(in: 1, 102) == [.reply(.have(cycle: 1, digest: ChunkSet("")), to: 102), .release(102)])
    }

    @Test func aFileOfOneChunk() {
        var peer = TestPeer(".", .pushPull, peers: [7])
        #expect(peer.tick(1) == [.send(.pull(cycle: 1, chunk: 0), to: 7)])
        #expect(peer.reply(.chunk(cycle: 1, chunk: 0), from: 7, 100) == [.verifyChunk(0, 100)])
        #expect(peer.verified(100) == [.storeChunk(0, 100), .reportCompletion(1), .release(100)])
        #expect(peer.tick(2) == [.send(.push(cycle: 2, chunk: 0), to: 7)])
    }

    @Test func aFileOfFiveThousandChunks() {
        var peer = TestPeer(String(repeating: ".", count: 4_999) + "x", .pushPull, fanout: 2, peers: [7, 8])
        let actions = peer.tick(1)
        #expect(actions.pushes.map(\.chunk) == [4_999, 4_999])
        #expect(actions.pulls.count == 2 && actions.pulls.allSatisfy { $0.chunk < 4_999 })
    }

    @Test func aTickReportsTheCycleThatItEnds() {
        var peer = TestPeer("x..", .push)
        peer.tick(1)
        #expect(peer.progress == ProgressSnapshot(cycle: 0, held: ChunkSet("x.."), counts: MessageCounts()))
        peer.push(2, in: 1, 100)
        peer.verified(100)
        peer.tick(2)
        var counts = MessageCounts()
        counts.useful = 1
        #expect(peer.progress == ProgressSnapshot(cycle: 1, held: ChunkSet("x.x"), counts: counts))
    }

    @Test func theSameTickTwiceBeginsOneCycle() {
        var peer = TestPeer("x", .push, peers: [7])
        peer.tick(1)
        #expect(peer.machine.handle(.cycleStarted(1)) == [])
        #expect(peer.counts.sent == 1)
    }

    @Test func sameSeedSameActions() {
        func actions(seed: UInt64) -> [PeerAction] {
            var peer = TestPeer("xxxx....", fanout: 3, peers: [1, 2, 3, 4, 5, 6], seed: seed)
            return (1...20).flatMap { peer.tick($0) }
        }
        #expect(actions(seed: 3) == actions(seed: 3))
        #expect(actions(seed: 3) != actions(seed: 4))
    }
}
