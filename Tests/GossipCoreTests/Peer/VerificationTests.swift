import GossipCore
import Testing

/// What becomes of a chunk that arrived.
@Suite struct VerificationTests {
    private func counts(_ set: (inout MessageCounts) -> Void) -> MessageCounts {
        var counts = MessageCounts()
        set(&counts)
        return counts
    }

    @Test func theFirstValidCopyIsUseful() {
        var peer = TestPeer("...", .push)
        peer.tick(1)
        #expect(peer.push(1, in: 1, 100) == [.verifyChunk(1, 100)])
        #expect(peer.verified(100) == [.storeChunk(1, 100), .release(100)])
        #expect(peer.counts == counts { $0.useful = 1 })
        #expect(peer.held == "...")
        peer.tick(2)
        #expect(peer.held == ".x.")
    }

    @Test func aChunkThatIsHeldIsRedundant() {
        var peer = TestPeer(".x.", .push)
        peer.tick(1)
        peer.push(1, in: 1, 100)
        #expect(peer.verified(100) == [.release(100)])
        #expect(peer.counts == counts { $0.redundant = 1 })
    }

    @Test func aSecondCopyInTheSameCycleIsRedundant() {
        var peer = TestPeer("...", .push)
        peer.tick(1)
        peer.push(1, in: 1, 100)
        peer.push(1, in: 1, 101)
        #expect(peer.verified(101) == [.storeChunk(1, 101), .release(101)], "verified first, not arrived first")
        #expect(peer.verified(100) == [.release(100)])
        #expect(peer.counts == counts { ($0.useful, $0.redundant) = (1, 1) })
    }

    @Test func wrongBytesAreCorrupt() {
        var peer = TestPeer(".", .push)
        peer.tick(1)
        peer.push(0, in: 1, 100)
        #expect(peer.verified(100, false) == [.reportCorruptChunk(0, 100), .release(100)])
        #expect(peer.counts == counts { $0.corrupt = 1 })
        #expect(!peer.machine.isComplete)
        peer.push(0, in: 1, 101)
        #expect(peer.verified(101) == [.storeChunk(0, 101), .reportCompletion(1), .release(101)])
    }

    @Test func strictDropsALateChunk() {
        var peer = TestPeer(".", .push)
        peer.tick(2)
        #expect(peer.push(0, in: 1, 100) == [.verifyChunk(0, 100)], "it could also be corrupt")
        #expect(peer.verified(100) == [.release(100)])
        #expect(peer.counts == counts { $0.late = 1 })
    }

    @Test func relaxedKeepsALateChunkForTheNextCycle() {
        var peer = TestPeer("..", .pull, separation: .relaxed)
        peer.tick(2)
        peer.push(0, in: 1, 100)
        #expect(peer.verified(100) == [.storeChunk(0, 100), .release(100)])
        #expect(peer.counts == counts { ($0.late, $0.lateKept) = (1, 1) })
        #expect(peer.pull(0, in: 2, 101) == [.reply(.none(cycle: 2, chunk: 0), to: 101), .release(101)])
        peer.tick(3)
        #expect(peer.pull(0, in: 3, 102) == [.reply(.chunk(cycle: 3, chunk: 0), to: 102), .release(102)])
    }

    @Test func relaxedCountsASecondLateCopyAsLateAlone() {
        var peer = TestPeer(".x", .push, separation: .relaxed)
        peer.tick(2)
        peer.push(1, in: 1, 100)
        #expect(peer.verified(100) == [.release(100)])
        #expect(peer.counts == counts { $0.late = 1 })
    }

    @Test(arguments: Separation.allCases)
    func wrongBytesThatAreLateAreCorrupt(separation: Separation) {
        var peer = TestPeer(".", .push, separation: separation)
        peer.tick(2)
        peer.push(0, in: 1, 100)
        #expect(peer.verified(100, false) == [.reportCorruptChunk(0, 100), .release(100)])
        #expect(peer.counts == counts { $0.corrupt = 1 })
    }

    @Test func aVerificationThatOutlastsItsCycleIsNotLate() {
        var peer = TestPeer("..", .pull)
        peer.tick(1)
        peer.push(0, in: 1, 100)
        peer.tick(2)
        #expect(peer.verified(100) == [.storeChunk(0, 100), .release(100)])
        #expect(peer.counts == counts { $0.useful = 1 })
        #expect(peer.held == "..", "it is new in cycle 2, so cycle 2 does not use it")
        peer.tick(3)
        #expect(peer.held == "x.")
    }

    @Test func verificationsUnderWayAreBounded() {
        var peer = TestPeer("...", .push) { $0.verificationLimit = 2 }
        peer.tick(1)
        peer.push(0, in: 1, 100)
        peer.push(1, in: 1, 101)
        #expect(peer.push(2, in: 1, 102) == [.release(102)])
        #expect(peer.counts == counts { $0.refused = 1 })
        peer.verified(100)
        #expect(peer.push(2, in: 1, 103) == [.verifyChunk(2, 103)])
    }

    @Test func completionIsReportedOnce() {
        var peer = TestPeer("..", .push)
        peer.tick(4)
        peer.push(0, in: 4, 100)
        peer.push(1, in: 4, 101)
        peer.push(1, in: 4, 102)
        #expect(peer.verified(100) == [.storeChunk(0, 100), .release(100)])
        #expect(peer.verified(101) == [.storeChunk(1, 101), .reportCompletion(4), .release(101)])
        #expect(peer.verified(102) == [.release(102)])
    }
}
