import GossipCore
import Testing

@testable import GossipNode

/// Why a download gets no new chunk.
@Suite struct StallReasonTests {
    private static func facts(
        peers: Int = 3, isTrackerSilent: Bool = false, hasBegun: Bool = true, _ sources: StallFacts.Sources? = nil,
        _ change: (inout StallFacts) -> Void = { _ in }
    ) -> StallFacts {
        var facts = StallFacts(peers: peers, isTrackerSilent: isTrackerSilent, hasBegun: hasBegun, sources: sources)
        change(&facts)
        return facts
    }

    static let cases: [(StallFacts, StallReason, String)] = [
        (
            facts(peers: 0, isTrackerSilent: true, hasBegun: false), .trackerUnreachable,
            "no peers known, and the tracker does not answer"
        ),
        (facts(peers: 0), .nobodyAnnounced, "no peers: nobody else has announced this torrent to the tracker"),
        (
            facts(hasBegun: false), .clockNotStarted,
            "the tracker's clock has not started; it may wait for more members (--expect)"
        ),
        (facts(), .nothingNew(peers: 3), "nothing new came from the 3 peers known"),
        (
            facts(.init(count: 0, usefulChunks: 0, firstUnheld: 0, unheldChunks: 9)), .peersSilent(peers: 3),
            "3 peers known, and none of them answers"
        ),
        (
            facts(.init(count: 2, usefulChunks: 4, firstUnheld: 1, unheldChunks: 2)), .nothingSent(chunks: 4),
            "peers hold 4 missing chunks and send none"
        ),
        (
            facts(.init(count: 1, usefulChunks: 0, firstUnheld: 17, unheldChunks: 1)),
            .nobodyHolds(17, others: 0, sources: 1), "nothing new at 1 peer: nobody known holds chunk 17"
        ),
        (
            facts(.init(count: 2, usefulChunks: 0, firstUnheld: 17, unheldChunks: 13)),
            .nobodyHolds(17, others: 12, sources: 2),
            "nothing new at 2 peers: nobody known holds chunk 17, nor 12 others"
        ),
        (facts { $0.isWaitingForDisk = true }, .disk, "waiting for the disk to take what came"),
        (facts { $0.isLimited = true }, .downloadLimit, "held back by --download-limit"),
        // The nearest cause is the one that is told.
        (
            facts(peers: 0) {
                $0.isLimited = true
                $0.isWaitingForDisk = true
            }, .disk, "waiting for the disk to take what came"
        ),
        // A silent tracker matters only while nobody is known.
        (facts(isTrackerSilent: true), .nothingNew(peers: 3), "nothing new came from the 3 peers known"),
    ]

    @Test(arguments: cases)
    func theReasonIsTold(facts: StallFacts, reason: StallReason, text: String) {
        #expect(StallReason(facts) == reason)
        #expect(reason.description == text)
    }

    @Test func whatSourcesHoldIsComparedWithWhatIsHere() {
        func set(_ chunks: ChunkID...) -> ChunkSet {
            var set = ChunkSet(chunkCount: 9)
            for chunk in chunks { set.insert(chunk) }
            return set
        }
        func sources(_ count: Int, _ theirs: ChunkSet, _ ours: ChunkSet) -> StallFacts.Sources {
            StallFacts.Sources(.init(count: count, holdings: theirs), held: ours)
        }
        #expect(
            sources(2, set(0, 1, 2), set(2, 3))
                == StallFacts.Sources(count: 2, usefulChunks: 2, firstUnheld: 4, unheldChunks: 5))
        #expect(
            sources(1, set(1), set(0, 1))
                == StallFacts.Sources(count: 1, usefulChunks: 0, firstUnheld: 2, unheldChunks: 7))
        #expect(sources(1, .full(chunkCount: 9), set(0)) == StallFacts.Sources(count: 1, usefulChunks: 8))
    }

    private static func at(_ milliseconds: UInt64) -> TimePoint { TimePoint(nanoseconds: milliseconds * 1_000_000) }

    @Test func aStallIsNoticedAfterAWhileAndSaidOnce() {
        var watch = StallWatch()
        let cycle = TimeSpan.milliseconds(100)
        func look(_ progress: Int, _ milliseconds: UInt64, _ reason: StallReason = .nobodyAnnounced) -> Bool {
            watch.look(progress, interval: cycle, at: Self.at(milliseconds)) { reason }
        }
        #expect(!look(0, 0) && !look(0, 4_999))
        #expect(watch.reason == nil)
        #expect(look(0, 5_000))
        #expect(watch.reason == .nobodyAnnounced)
        // The same again is no news; another reason is, but not other numbers.
        #expect(!look(0, 6_000))
        #expect(look(0, 7_000, .nothingNew(peers: 1)))
        #expect(!look(0, 8_000, .nothingNew(peers: 2)))
        #expect(watch.reason == .nothingNew(peers: 2))
        // A chunk ends it, and the wait begins anew.
        #expect(!look(1, 9_000))
        #expect(watch.reason == nil)
        #expect(!look(1, 13_999))
        #expect(look(1, 14_000))
    }

    @Test func theDiskIsBlamedForWhatWaitedSinceTheLastLook() {
        var waits = ChunkWaits()
        waits.look()
        waits.disk = 1
        waits.look()
        #expect(!waits.isWaitingForDisk, "it has only just come")
        waits.look()
        #expect(waits.isWaitingForDisk)
        waits.disk = 0
        waits.look()
        #expect(!waits.isWaitingForDisk)
        waits.disk = 1
        waits.look()
        #expect(!waits.isWaitingForDisk)
    }

    @Test func longCyclesHaveLongPatience() {
        var watch = StallWatch()
        let cycle = TimeSpan.seconds(2)
        _ = watch.look(0, interval: cycle, at: Self.at(0)) { .disk }
        #expect(!watch.look(0, interval: cycle, at: Self.at(19_999)) { .disk })
        #expect(watch.look(0, interval: cycle, at: Self.at(20_000)) { .disk })
    }
}
