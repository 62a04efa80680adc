import Testing

@testable import GossipCore

/// What one node tells of its holdings, and what another knows of them.
@Suite struct HoldingsTests {
    /// What someone knows, told one thing after the other.
    private final class Listener {
        var known: KnownHoldings

        init(chunkCount: UInt32) {
            known = KnownHoldings(chunkCount: chunkCount)
        }

        var version: HoldingsVersion? { known.version }

        func apply(_ update: HoldingsUpdate) -> Bool { known.apply(update) }
    }

    @Test func whoKnowsNothingIsToldEverything() {
        let log = HoldingsLog(epoch: 7)
        #expect(log.update(since: nil, held: ChunkSet("x.x")).content == .chunks(ChunkSet("x.x")))
        #expect(log.update(since: nil, held: ChunkSet("xxx")).content == .everything)
    }

    @Test func whoKnowsAPartIsToldTheRest() {
        var held = ChunkSet(chunkCount: 100)
        var log = HoldingsLog(epoch: 7)
        let known = Listener(chunkCount: 100)
        #expect(known.apply(log.update(since: nil, held: held)))
        for chunk in [ChunkID(5), 9] {
            held.insert(chunk)
            log.append(chunk)
        }
        let update = log.update(since: known.version, held: held)
        #expect(update.content == .added(since: 0, [5, 9]))
        #expect(known.apply(update))
        #expect(known.known.chunks == held && known.version == HoldingsVersion(epoch: 7, count: 2))
        #expect(log.update(since: known.version, held: held).content == .added(since: 2, []))
    }

    @Test func manyNewsAreToldAsASet() {
        var held = ChunkSet(chunkCount: 64)
        var log = HoldingsLog(epoch: 7)
        for chunk in ChunkID(0)..<3 {
            held.insert(chunk)
            log.append(chunk)
        }
        let start = HoldingsVersion(epoch: 7, count: 0)
        #expect(log.update(since: start, held: held).content == .chunks(held), "three numbers are longer than 64 bits")
    }

    @Test(arguments: [
        HoldingsVersion(epoch: 8, count: 0), HoldingsVersion(epoch: 7, count: 1),
    ])
    func whoKnowsAnotherLifeOrTheFutureIsToldEverything(known: HoldingsVersion) {
        let update = HoldingsLog(epoch: 7).update(since: known, held: ChunkSet("x.."))
        #expect(update.content == .chunks(ChunkSet("x..")))
    }

    @Test func anAdditionToWhatIsNotKnownIsRefused() {
        let known = Listener(chunkCount: 4)
        let addition = HoldingsUpdate(version: .init(epoch: 7, count: 2), content: .added(since: 1, [3]))
        #expect(!known.apply(addition))
        #expect(known.apply(HoldingsUpdate(version: .init(epoch: 7, count: 0), content: .chunks(ChunkSet("x...")))))
        #expect(!known.apply(addition), "the first chunk that was added is not known")
        let other = HoldingsUpdate(version: .init(epoch: 8, count: 1), content: .added(since: 0, [3]))
        #expect(!known.apply(other), "another life")
        let beyond = HoldingsUpdate(version: .init(epoch: 7, count: 1), content: .added(since: 0, [4]))
        #expect(!known.apply(beyond), "no such chunk")
        let miscounted = HoldingsUpdate(version: .init(epoch: 7, count: 3), content: .added(since: 0, [1]))
        #expect(!known.apply(miscounted))
        let foreign = HoldingsUpdate(version: .init(epoch: 7, count: 0), content: .chunks(ChunkSet("xx")))
        #expect(!known.apply(foreign), "another file")
        #expect(known.known.chunks.art == "x...")
    }

    /// Else a chunk that a busy source did not send once would never be asked of it again.
    @Test func whatWasTakenOutComesBackWhenEverythingIsTold() {
        var known = KnownHoldings(chunkCount: 2)
        let all = HoldingsUpdate(version: .init(epoch: 7, count: 0), content: .everything)
        _ = known.apply(all)
        known.remove(1)
        #expect(known.chunks.art == "x." && known.trustedVersion == nil && known.version != nil)
        _ = known.apply(all)
        #expect(known.chunks.art == "xx" && known.trustedVersion == known.version)
    }

    @Test func anOldAdditionTakesNothingBack() {
        let known = Listener(chunkCount: 4)
        #expect(known.apply(HoldingsUpdate(version: .init(epoch: 7, count: 0), content: .chunks(ChunkSet("....")))))
        #expect(known.apply(HoldingsUpdate(version: .init(epoch: 7, count: 2), content: .added(since: 0, [1, 2]))))
        #expect(known.apply(HoldingsUpdate(version: .init(epoch: 7, count: 1), content: .added(since: 0, [1]))))
        #expect(known.known.chunks.art == ".xx." && known.version == HoldingsVersion(epoch: 7, count: 2))
    }
}
