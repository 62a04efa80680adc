import GossipCore
import Testing

/// Answers to our own pulls, and what no pull asked for.
@Suite struct ReplyTests {
    @Test func aPulledChunkIsVerifiedAndKept() {
        var peer = TestPeer("x.", .pull, peers: [7])
        peer.tick(1)
        #expect(peer.reply(.chunk(cycle: 1, chunk: 1), from: 7, 100) == [.verifyChunk(1, 100)])
        #expect(peer.verified(100) == [.storeChunk(1, 100), .reportCompletion(1), .release(100)])
        #expect(peer.counts.useful == 1 && peer.counts.refused == 0)
    }

    @Test(arguments: [PeerReply.none(cycle: 1, chunk: 1), .late(cycle: 1, chunk: 1)])
    func noneAndLateAreMissed(answer: PeerReply) {
        var peer = TestPeer("x.", .pull, peers: [7])
        peer.tick(1)
        #expect(peer.reply(answer, from: 7, 100) == [.release(100)])
        #expect(peer.counts.missed == 1)
        #expect(peer.reply(answer, from: 7, 101) == [.release(101)], "a pull is answered once")
        #expect(peer.counts.missed == 1 && peer.counts.refused == 1)
    }

    @Test(arguments: [
        (PeerID(8), Cycle(1), ChunkID(1)), (7, 2, 1), (7, 0, 1), (7, .max, 1), (7, 1, 0), (7, 1, 2), (7, 1, .max),
    ])
    func whatWasNotAskedForIsRefused(peerID: PeerID, cycle: Cycle, chunk: ChunkID) {
        var peer = TestPeer("x.", .pull, peers: [7])
        peer.tick(1)
        #expect(peer.reply(.chunk(cycle: cycle, chunk: chunk), from: peerID, 100) == [.release(100)])
        #expect(peer.reply(.none(cycle: cycle, chunk: chunk), from: peerID, 101) == [.release(101)])
        #expect(peer.reply(.late(cycle: cycle, chunk: chunk), from: peerID, 102) == [.release(102)])
        #expect(peer.counts.refused == 3 && peer.counts.missed == 0)
        #expect(peer.reply(.chunk(cycle: 1, chunk: 1), from: 7, 103) == [.verifyChunk(1, 103)], "it still waits")
    }

    @Test func anErrorIsCounted() {
        var peer = TestPeer("x.", .pull, peers: [7])
        peer.tick(1)
        #expect(peer.reply(.malformed, from: 7, 100) == [.release(100)])
        #expect(peer.counts.refused == 1)
    }

    @Test func anAnswerAfterItsCycleIsLate() {
        var peer = TestPeer("x.", .pull, peers: [7])
        peer.tick(1)
        peer.tick(2)
        #expect(peer.reply(.chunk(cycle: 1, chunk: 1), from: 7, 100) == [.verifyChunk(1, 100)])
        #expect(peer.verified(100) == [.release(100)])
        #expect(peer.counts.late == 1 && peer.counts.useful == 0)
    }

    @Test func relaxedKeepsAnAnswerAfterItsCycle() {
        var peer = TestPeer("x.", .pull, separation: .relaxed, peers: [7])
        peer.tick(1)
        peer.tick(2)
        peer.reply(.chunk(cycle: 1, chunk: 1), from: 7, 100)
        #expect(peer.verified(100) == [.storeChunk(1, 100), .reportCompletion(2), .release(100)])
        #expect(peer.counts.late == 1 && peer.counts.lateKept == 1)
    }

    @Test func aPullWaitsEightCyclesForItsAnswer() {
        var peer = TestPeer(".", .pull, peers: [7]) { $0.missedCyclesLimit = 100 }
        peer.tick(1)
        peer.tick(9)
        #expect(peer.counts.unanswered == 0)
        peer.tick(10)
        #expect(peer.counts.unanswered == 1, "the pull of cycle 1")
        #expect(peer.reply(.none(cycle: 1, chunk: 0), from: 7, 100) == [.release(100)])
        #expect(peer.counts.refused == 1 && peer.counts.missed == 0)
        peer.reply(.none(cycle: 9, chunk: 0), from: 7, 101)
        #expect(peer.counts.missed == 1)
    }

    @Test func aClockThatBeginsAnewGivesUpThePullsOfTheOldCount() {
        var peer = TestPeer(".", .pull, peers: [7])
        peer.tick(50)
        #expect(peer.tick(1) == [.send(.pull(cycle: 1, chunk: 0), to: 7)])
        #expect(peer.machine.cycle == 1 && peer.counts.unanswered == 1)
        #expect(peer.reply(.chunk(cycle: 50, chunk: 0), from: 7, 100) == [.release(100)])
        #expect(peer.counts.refused == 1)
        #expect(peer.reply(.chunk(cycle: 1, chunk: 0), from: 7, 101) == [.verifyChunk(0, 101)])
    }

    @Test func aTickThatSkipsCyclesBeginsOnlyTheLast() {
        var peer = TestPeer("x", .push, peers: [7])
        peer.tick(1)
        #expect(peer.tick(6) == [.send(.push(cycle: 6, chunk: 0), to: 7)])
        #expect(peer.progress?.cycle == 1)
        #expect(peer.counts.sent == 2)
    }

    @Test func twoPullsOfOneChunkAreAnsweredEach() {
        var peer = TestPeer(".", .pull, fanout: 2, peers: [7, 8])
        #expect(peer.tick(1).pulls.count == 2)
        peer.reply(.chunk(cycle: 1, chunk: 0), from: 7, 100)
        peer.reply(.chunk(cycle: 1, chunk: 0), from: 8, 101)
        peer.verified(100)
        peer.verified(101)
        #expect(peer.counts.useful == 1 && peer.counts.redundant == 1)
    }
}
