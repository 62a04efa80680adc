import GossipCore
import Testing

/// `rarest-first`: digests at the tick, then one pull a partner.
@Suite struct DigestTests {
    private func rarest(
        _ held: String, fanout: Int = 1, peers: [PeerID], seed: UInt64 = 1,
        adjust: (inout PeerConfiguration) -> Void = { _ in }
    ) -> TestPeer {
        TestPeer(
            held, .pull, fanout: fanout, selection: .rarestFirst, peers: peers, seed: seed, adjust: adjust)
    }

    /// The partner is the first of those asked; this finds a seed that makes it `partner`.
    private func rarest(_ held: String, partner: PeerID, peers: [PeerID]) -> TestPeer {
        for seed in UInt64(1)...200 {
            var probe = rarest(held, peers: peers, seed: seed)
            if probe.tick(1).digestsAsked.first == partner { return rarest(held, peers: peers, seed: seed) }
        }
        Issue.record("no seed draws \(partner)")
        return rarest(held, peers: peers)
    }

    @Test func theWholePeerSetIsAskedAtTheTick() {
        var peer = rarest("..", peers: [1, 2, 3])
        let actions = peer.tick(1)
        #expect(actions.digestsAsked.sorted() == [1, 2, 3])
        #expect(actions.last == .startDigestWait(1) && actions.count == 4)
        #expect(peer.counts.sent == 0, "digests are neither pushes nor pulls")
    }

    @Test func atMostFiftyAreAsked() {
        var peer = rarest("..", fanout: 2, peers: (0..<80).map { PeerID($0) })
        let asked = peer.tick(1).digestsAsked
        #expect(asked.count == 50 && Set(asked).count == 50)
        #expect(peer.tick(2).digestsAsked != asked, "drawn anew")
    }

    @Test func aSeedAsksNobody() {
        var seed = rarest("xx", peers: [1, 2])
        #expect(seed.tick(1) == [])
    }

    @Test func theRarestChunkIsPulledOnceAllAnswered() {
        var peer = rarest("...", partner: 1, peers: [1, 2, 3])
        peer.tick(1)
        #expect(peer.digest("xx.", in: 1, from: 1, 100) == [.release(100)])
        #expect(peer.digest("x..", in: 1, from: 2, 101) == [.release(101)])
        #expect(
            peer.digest("x.x", in: 1, from: 3, 102) == [.send(.pull(cycle: 1, chunk: 1), to: 1), .release(102)])
        #expect(peer.counts.sent == 1)
    }

    @Test func theWaitEndsWithThoseWhoAnswered() {
        var peer = rarest("..", fanout: 2, peers: [1, 2])
        peer.tick(1)
        peer.digest("xx", in: 1, from: 2, 100)
        #expect(peer.waitEnded(1).pulls.map(\.peer) == [2], "who did not answer is asked nothing")
        #expect(peer.waitEnded(1) == [])
        #expect(peer.digest("xx", in: 1, from: 1, 101) == [.release(101)], "too late")
        #expect(peer.counts.sent == 1 && peer.counts.refused == 0)
    }

    @Test func theWaitOfAnEarlierCycleEndsNothing() {
        var peer = rarest("..", peers: [1])
        peer.tick(1)
        peer.tick(2)
        #expect(peer.waitEnded(1) == [])
        #expect(peer.digest("xx", in: 1, from: 1, 100) == [.release(100)])
        #expect(peer.digest("xx", in: 2, from: 1, 101).pulls.count == 1)
    }

    @Test func noChunkIsAskedOfTwo() {
        for seed in UInt64(1)...50 {
            var peer = rarest("...", fanout: 3, peers: [1, 2, 3], seed: seed)
            peer.tick(1)
            peer.digest("xx.", in: 1, from: 1, 100)
            peer.digest("xx.", in: 1, from: 2, 101)
            let pulls = peer.digest("xx.", in: 1, from: 3, 102).pulls
            #expect(pulls.map(\.chunk).sorted() == [0, 1], "the third partner has nothing left to give")
            #expect(Set(pulls.map(\.peer)).count == 2)
        }
    }

    @Test func aPartnerWithNothingWantedIsAskedNothing() {
        var peer = rarest("x.", peers: [1])
        peer.tick(1)
        #expect(peer.digest("x.", in: 1, from: 1, 100) == [.release(100)])
        #expect(peer.counts.sent == 0)
    }

    @Test func aSecondDigestOfAPeerIsRefused() {
        var peer = rarest("..", peers: [1, 2])
        peer.tick(1)
        peer.digest("x.", in: 1, from: 1, 100)
        #expect(peer.digest("x.", in: 1, from: 1, 101) == [.release(101)])
        #expect(peer.digest("x.", in: 1, from: 9, 102) == [.release(102)], "it was not asked")
        #expect(peer.digest("x..", in: 1, from: 2, 103) == [.release(103)], "of another file")
        #expect(peer.counts.refused == 3)
    }

    @Test func whoCannotBeReachedIsNotWaitedFor() {
        var peer = rarest("..", partner: 1, peers: [1, 2])
        peer.tick(1)
        peer.digest("x.", in: 1, from: 1, 100)
        #expect(peer.undelivered(.have(cycle: 1, digest: nil), to: 2) == [.send(.pull(cycle: 1, chunk: 0), to: 1)])
        #expect(peer.counts.undelivered == 0, "neither a push nor a pull")
    }

    @Test func aFailureOfAnEarlierCycleLeavesThisOnesRoundAlone() {
        var peer = rarest("..", peers: [1])
        peer.tick(1)
        peer.tick(2)
        peer.undelivered(.have(cycle: 1, digest: nil), to: 1)
        #expect(peer.digest("xx", in: 2, from: 1, 100).pulls.count == 1)
    }

    @Test func whoIsGoneIsNotWaitedFor() {
        var peer = rarest("..", partner: 1, peers: [1, 2])
        peer.tick(1)
        peer.digest("x.", in: 1, from: 1, 100)
        #expect(peer.gone(2) == [.send(.pull(cycle: 1, chunk: 0), to: 1), .dropLink(2)])
    }

    @Test func aPartnerThatAnsweredAndLeftIsAskedNothing() {
        var peer = rarest("..", fanout: 2, peers: [1, 2])
        peer.tick(1)
        peer.digest("x.", in: 1, from: 1, 100)
        #expect(peer.gone(1) == [.dropLink(1)])
        #expect(
            peer.digest("xx", in: 1, from: 2, 101) == [.send(.pull(cycle: 1, chunk: 1), to: 2), .release(101)])
    }

    @Test func freshChunksAreNotPulledAgainInTheNextCycle() {
        var peer = rarest("..", peers: [1])
        peer.tick(1)
        peer.push(0, in: 1, 100)
        peer.verified(100)
        peer.tick(2)
        #expect(
            peer.digest("xx", in: 2, from: 1, 101) == [.send(.pull(cycle: 2, chunk: 1), to: 1), .release(101)])
    }
}
