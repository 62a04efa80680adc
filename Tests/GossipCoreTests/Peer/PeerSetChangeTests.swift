import GossipCore
import Testing

/// Who is known: learnt, missed, gone.
@Suite struct PeerSetChangeTests {
    @Test func answersAreJoinedOnceCyclesRun() {
        var peer = TestPeer("x", peers: [3])
        peer.tick(1)
        peer.learn(5, 4)
        peer.learn(4, 9)
        #expect(peer.known == [3, 4, 5, 9])
    }

    @Test func beforeTheFirstCycleAnAnswerReplacesTheOneBefore() {
        var peer = TestPeer("x", peers: [3, 4])
        peer.learn(5, 6)
        #expect(peer.known == [5, 6])
        peer.learn()
        #expect(peer.known == [5, 6], "an empty answer is none")
    }

    @Test func thePeerSetIsBounded() {
        var peer = TestPeer("x") { $0.peerLimit = 3 }
        peer.learn(1, 2, 3, 4)
        peer.tick(1)
        peer.learn(5)
        #expect(peer.known == [1, 2, 3])
    }

    @Test func aPeerThatIsGoneIsForgottenAndItsLinkDropped() {
        var peer = TestPeer("x", .push, peers: [7])
        #expect(peer.gone(7) == [.dropLink(7)])
        #expect(peer.gone(7) == [])
        #expect(peer.tick(1) == [])
        peer.learn(7)
        #expect(peer.tick(2) == [.send(.push(cycle: 2, chunk: 0), to: 7)], "the tracker may name it again")
    }

    @Test func aPeerThatOwesAnswersForThreeCyclesIsDropped() {
        var peer = TestPeer(".", .pull, peers: [7])
        peer.tick(1)
        peer.tick(2)
        peer.tick(3)
        #expect(peer.known == [7])
        #expect(peer.tick(4) == [.dropLink(7)])
        #expect(peer.known == [])
    }

    @Test(arguments: [
        PeerReply.none(cycle: 2, chunk: 0), .late(cycle: 1, chunk: 0), .chunk(cycle: 2, chunk: 0),
        .have(cycle: 2, digest: ChunkSet(".")),
    ])
    func anyAnswerClearsTheMissedCycles(answer: PeerReply) {
        var peer = TestPeer(".", .pull, peers: [7])
        peer.tick(1)
        peer.tick(2)
        peer.reply(answer, from: 7, 100)
        peer.tick(3)
        peer.tick(4)
        #expect(peer.known == [7], "without the answer, this tick drops it")
    }

    @Test func anUndeliveredPushIsCountedAndMissed() {
        var peer = TestPeer("x", .push, peers: [7])
        for cycle in Cycle(1)...2 {
            peer.tick(cycle)
            #expect(peer.undelivered(.push(cycle: cycle, chunk: 0), to: 7) == [])
        }
        peer.tick(3)
        #expect(peer.undelivered(.push(cycle: 3, chunk: 0), to: 7) == [.dropLink(7)])
        #expect(peer.counts.undelivered == 3 && peer.counts.sent == 3)
    }

    @Test func severalFailuresInOneCycleAreOneMissedCycle() {
        var peer = TestPeer("x.", .pushPull, peers: [7])
        peer.tick(1)
        for _ in 0..<5 { #expect(peer.undelivered(.push(cycle: 1, chunk: 0), to: 7) == []) }
        #expect(peer.undelivered(.pull(cycle: 1, chunk: 1), to: 7) == [])
        peer.tick(2)
        #expect(peer.undelivered(.push(cycle: 2, chunk: 0), to: 7) == [])
        #expect(peer.known == [7])
    }

    @Test func anUndeliveredPullIsOwedNoAnswer() {
        var peer = TestPeer(".", .pull, peers: [7]) { $0.missedCyclesLimit = 100 }
        peer.tick(1)
        peer.undelivered(.pull(cycle: 1, chunk: 0), to: 7)
        peer.tick(2)
        #expect(peer.reply(.none(cycle: 1, chunk: 0), from: 7, 100) == [.release(100)])
        #expect(peer.counts.refused == 1)
        peer.tick(20)
        #expect(peer.counts.unanswered == 1, "the pull of cycle 2 alone")
        #expect(peer.counts.undelivered == 1)
    }

    @Test func missesOfAPeerThatIsGoneAreNotHeldAgainstItsReturn() {
        var peer = TestPeer(".", .pull, peers: [7])
        peer.tick(1)
        peer.gone(7)
        peer.tick(2)
        peer.undelivered(.pull(cycle: 1, chunk: 0), to: 7)
        peer.learn(7)
        peer.tick(3)
        peer.tick(4)
        #expect(peer.tick(5) == [.send(.pull(cycle: 5, chunk: 0), to: 7)], "two missed cycles since its return")
        #expect(peer.tick(6) == [.dropLink(7)])
    }
}
