import GossipCore
import Testing

/// Cycles kept apart: what is granted too late for one cycle is of the next.
@Suite struct StrictExchangeTests {
    private func open(_ art: String, in cycle: Cycle = 1) -> ExchangeRequest {
        .open(cycle: cycle, whole(art), known: nil)
    }

    /// A source in cycle 1 that knows Δ.
    private func source(_ held: String = "xxxx.", _ separation: Separation = .strict) -> ExchangingPeer {
        let source = ExchangingPeer(held, separation: separation)
        source.told(.seconds(1))
        return source
    }

    @Test func whatIsGrantedNearTheEndIsOfTheNextCycle() {
        let peer = source()
        #expect(peer.tick(1) == ["await the ending of 1 after 250 ms"])
        #expect(peer.asked(open("....."), by: 1).last == "answer grant 1 1 suggests [] to r1")
        #expect(
            peer.asked(.want(cycle: 1, [0]), by: 1) == [
                "answer chunk 1/0 to r1", "answer grant 1 1 suggests [] to r1",
            ])
        // Then what is wanted is of the next cycle as well.
        #expect(peer.ending(1) == ["await the ending of 1 after 500 ms"])
        #expect(peer.asked(.want(cycle: 1, [1]), by: 1) == ["answer chunk 1/1 to r1"], "granted before")
        #expect(peer.served(1) == ["answer grant 2 1 suggests [] to r1"])
        #expect(peer.asked(.want(cycle: 2, [2]), by: 1) == ["answer chunk 2/2 to r1"])
    }

    @Test func anEndingOfAnotherCycleMeansNothing() {
        let peer = source()
        _ = peer.tick(1)
        _ = peer.tick(2)
        _ = peer.ending(1)
        #expect(peer.asked(open(".....", in: 2), by: 1).last == "answer grant 2 1 suggests [] to r1")
    }

    @Test func whereCyclesAreNotKeptApartNothingEnds() {
        let peer = source("xxxx.", .relaxed)
        #expect(peer.tick(1).isEmpty)
        _ = peer.ending(1)
        #expect(peer.asked(open("....."), by: 1).last == "answer grant 1 1 suggests [] to r1")
    }

    /// What may come only in the next cycle is sent when it is wanted, and not dropped at the tick.
    @Test func aWishForTheNextCycleIsServedAtOnce() {
        let peer = source()
        _ = peer.tick(1)
        _ = peer.asked(open("....."), by: 1)
        #expect(peer.asked(.want(cycle: 2, [0, 3]), by: 1) == ["answer chunk 2/0 to r1"])
        #expect(peer.served(1).first == "answer chunk 2/3 to r1", "one more than was granted, after the other")
        #expect(peer.asked(.want(cycle: 2, [4]), by: 1).isEmpty, "it is not here yet: the wish waits for the tick")
        #expect(peer.tick(2).contains("answer none 2/4 to r1"))
        #expect(peer.asked(.want(cycle: 4, [0]), by: 1).isEmpty)
        #expect(peer.counts.early == 1)
    }

    @Test func whatWaitsForTheNextCycleOutlastsTheTick() {
        let peer = source()
        _ = peer.tick(1)
        _ = peer.asked(open("....."), by: 1)
        _ = peer.asked(.want(cycle: 1, [0, 1, 2]), by: 1)
        _ = peer.asked(.want(cycle: 2, [3]), by: 1)
        _ = peer.tick(2)
        #expect(peer.served(1) == ["answer chunk 2/3 to r1"], "2 was of the first cycle, which is over")
    }

    /// A node that knows a complete source, p9, which granted it a chunk for the next cycle.
    private func receiver() -> ExchangingPeer {
        let peer = ExchangingPeer("...", separation: .strict, fanout: 1, peers: [9])
        _ = peer.tick(1)
        _ = peer.answered(.opened(cycle: 1, whole("xxx"), known: nil, queued: []), from: 9)
        #expect(peer.answered(.grant(cycle: 2, credit: 1, suggested: [1]), from: 9) == ["ask want 2/[1] of p9"])
        return peer
    }

    @Test func aChunkOfTheNextCycleMayComeAfterTheTick() {
        let peer = receiver()
        _ = peer.tick(2)
        #expect(peer.answered(.chunk(cycle: 2, chunk: 1), from: 9) == ["store chunk 1"])
        #expect(peer.counts.useful == 1 && peer.counts.late == 0)
    }

    /// It is of the cycle that it carries: told and passed on in the one after that.
    @Test func aChunkThatComesBeforeItsCycleIsUsableAfterIt() {
        let peer = receiver()
        #expect(peer.answered(.chunk(cycle: 2, chunk: 1), from: 9) == ["store chunk 1"])
        #expect(peer.counts.useful == 1)
        _ = peer.tick(2)
        #expect(peer.asked(open("...", in: 2), by: 1).first == "answer opened 2 holds ... knows 0 queued [] to r1")
        #expect(peer.asked(.want(cycle: 2, [1]), by: 1).first == "answer none 2/1 to r1")
        _ = peer.tick(3)
        #expect(peer.asked(open("...", in: 3), by: 1).first == "answer opened 3 holds .x. knows 0 queued [] to r1")
    }

    @Test func whatIsOfTheNextCycleIsNotAskedOfAnother() {
        let peer = receiver()
        _ = peer.tick(2)
        _ = peer.answered(.opened(cycle: 2, added([], since: 0), known: nil, queued: []), from: 9)
        let lines = peer.answered(.grant(cycle: 2, credit: 3, suggested: [1]), from: 9)
        #expect(lines.count == 1 && lines.first?.contains("1]") == false && lines.first?.contains("[1") == false)
        _ = peer.tick(3)
        #expect(peer.counts.unanswered == 0)
        #expect(
            peer.answered(.grant(cycle: 3, credit: 1, suggested: [1]), from: 9) == ["ask want 3/[1] of p9"],
            "its cycle is over, and it did not come")
    }

    @Test func nobodyIsAskedForWhatIsFurtherAhead() {
        let peer = ExchangingPeer("...", separation: .strict, fanout: 1, peers: [9])
        _ = peer.tick(1)
        _ = peer.answered(.opened(cycle: 1, whole("xxx"), known: nil, queued: []), from: 9)
        #expect(peer.answered(.grant(cycle: 7, credit: 1, suggested: [1]), from: 9) == ["ask want 2/[1] of p9"])
        _ = peer.tick(5)
        _ = peer.answered(.opened(cycle: 5, whole("xxx"), known: nil, queued: []), from: 9)
        #expect(peer.answered(.grant(cycle: 1, credit: 1, suggested: [2]), from: 9) == ["ask want 5/[2] of p9"])
    }
}
