import GossipCore
import Testing

/// Others' requests, by the cycle that they carry.
@Suite struct RequestTests {
    @Test func aPullOfWhatIsHeldIsServed() {
        var peer = TestPeer("x.")
        peer.tick(1)
        #expect(peer.pull(0, in: 1, 100) == [.reply(.chunk(cycle: 1, chunk: 0), to: 100), .release(100)])
    }

    @Test func aPullOfWhatIsNotHeldIsAnsweredNone() {
        var peer = TestPeer("x.")
        peer.tick(1)
        #expect(peer.pull(1, in: 1, 100) == [.reply(.none(cycle: 1, chunk: 1), to: 100), .release(100)])
    }

    @Test func whatCameInThisCycleIsNotServedInIt() {
        var peer = TestPeer("..")
        peer.tick(1)
        peer.push(1, in: 1, 100)
        peer.verified(100)
        #expect(peer.pull(1, in: 1, 101) == [.reply(.none(cycle: 1, chunk: 1), to: 101), .release(101)])
        #expect(peer.have(in: 1, 102) == [.reply(.have(cycle: 1, digest: ChunkSet("..")), to: 102), .release(102)])
        peer.tick(2)
        #expect(peer.pull(1, in: 2, 103) == [.reply(.chunk(cycle: 2, chunk: 1), to: 103), .release(103)])
        #expect(peer.have(in: 2, 104) == [.reply(.have(cycle: 2, digest: ChunkSet(".x")), to: 104), .release(104)])
    }

    @Test func strictAnswersALatePullLate() {
        var peer = TestPeer("x.")
        peer.tick(5)
        #expect(peer.pull(0, in: 4, 100) == [.reply(.late(cycle: 4, chunk: 0), to: 100), .release(100)])
        #expect(peer.pull(1, in: 0, 101) == [.reply(.late(cycle: 0, chunk: 1), to: 101), .release(101)])
    }

    @Test func relaxedServesALatePull() {
        var peer = TestPeer("x.", separation: .relaxed)
        peer.tick(5)
        #expect(peer.pull(0, in: 4, 100) == [.reply(.chunk(cycle: 4, chunk: 0), to: 100), .release(100)])
        #expect(peer.pull(1, in: 4, 101) == [.reply(.none(cycle: 4, chunk: 1), to: 101), .release(101)])
    }

    @Test func strictIsSilentToALateDigestRequestAndRelaxedAnswers() {
        var strict = TestPeer("x.")
        strict.tick(5)
        #expect(strict.have(in: 4, 100) == [.release(100)])
        var relaxed = TestPeer("x.", separation: .relaxed)
        relaxed.tick(5)
        #expect(
            relaxed.have(in: 4, 100) == [.reply(.have(cycle: 4, digest: ChunkSet("x.")), to: 100), .release(100)])
    }

    @Test(arguments: Separation.allCases)
    func theNextCyclesRequestsWaitForOurTick(separation: Separation) {
        var peer = TestPeer("x.", .push, separation: separation)
        peer.tick(1)
        #expect(peer.pull(0, in: 2, 100) == [])
        #expect(peer.push(1, in: 2, 101) == [])
        #expect(peer.have("..", in: 2, 102) == [])
        #expect(
            peer.tick(2) == [
                .reply(.chunk(cycle: 2, chunk: 0), to: 100), .release(100), .verifyChunk(1, 101),
                .reply(.have(cycle: 2, digest: ChunkSet("x.")), to: 102), .release(102),
            ])
        peer.verified(101)
        #expect(peer.counts.useful == 1 && peer.counts.late == 0)
    }

    @Test func theHoldQueueIsBounded() {
        var peer = TestPeer("x", .pull) { $0.holdQueueLimit = 2 }
        peer.tick(1)
        #expect(peer.pull(0, in: 2, 100) == [])
        #expect(peer.pull(0, in: 2, 101) == [])
        #expect(peer.pull(0, in: 2, 102) == [.release(102)])
        #expect(peer.counts.refused == 1)
        #expect(peer.tick(2).filter { $0 == .release(100) || $0 == .release(101) }.count == 2)
        #expect(peer.pull(0, in: 3, 103) == [], "the tick emptied the queue")
    }

    @Test(arguments: [Cycle(3), 4, 1 << 53, .max])
    func furtherAheadIsEarlyAndDropped(cycle: Cycle) {
        var peer = TestPeer("x.", .push)
        peer.tick(1)
        #expect(peer.push(1, in: cycle, 100) == [.release(100)])
        #expect(peer.pull(0, in: cycle, 101) == [.release(101)])
        #expect(peer.have(in: cycle, 102) == [.release(102)])
        #expect(peer.counts.early == 3)
        #expect(peer.tick(2) == [])
    }

    @Test func whatWaitsForACycleThatWasSkippedIsLate() {
        var peer = TestPeer("x.", .push)
        peer.tick(1)
        peer.pull(0, in: 2, 100)
        peer.push(1, in: 2, 101)
        #expect(
            peer.tick(4) == [.reply(.late(cycle: 2, chunk: 0), to: 100), .release(100), .verifyChunk(1, 101)])
        #expect(peer.verified(101) == [.release(101)])
        #expect(peer.counts.late == 1 && peer.counts.useful == 0)
    }

    @Test func whatWaitsWhenTheClockRestartsIsEarly() {
        var peer = TestPeer("x.", .push)
        peer.tick(50)
        peer.pull(0, in: 51, 100)
        #expect(peer.tick(1) == [.release(100)])
        #expect(peer.counts.early == 1)
    }

    @Test func theFirstCyclesRequestsWaitForTheFirstTick() {
        var peer = TestPeer("x.")
        #expect(peer.pull(0, in: 1, 100) == [])
        #expect(peer.tick(1) == [.reply(.chunk(cycle: 1, chunk: 0), to: 100), .release(100)])
    }

    @Test(arguments: [ChunkID(2), 3, 64, .max])
    func idsOutOfRangeAreRefused(chunk: ChunkID) {
        var peer = TestPeer("x.", .push)
        peer.tick(1)
        #expect(peer.pull(chunk, in: 1, 100) == [.reply(.malformed, to: 100), .release(100)])
        #expect(peer.pull(chunk, in: 0, 101) == [.reply(.malformed, to: 101), .release(101)])
        #expect(peer.push(chunk, in: 1, 102) == [.release(102)])
        #expect(peer.counts.refused == 3)
    }

    @Test func theLastCycleThatThereIs() {
        var peer = TestPeer("x.", .push)
        peer.tick(.max)
        #expect(peer.pull(0, in: .max, 100) == [.reply(.chunk(cycle: .max, chunk: 0), to: 100), .release(100)])
        #expect(peer.pull(0, in: 0, 101) == [.reply(.late(cycle: 0, chunk: 0), to: 101), .release(101)])
        peer.tick(1)
        #expect(peer.pull(0, in: .max, 102) == [.release(102)])
    }
}
