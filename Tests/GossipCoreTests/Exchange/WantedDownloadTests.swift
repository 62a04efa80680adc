import GossipCore
import Testing

/// The bulk exchange of a node that wants some of the chunks only.
@Suite struct WantedDownloadTests {
    private func grant(_ suggested: [ChunkID] = [], cycle: Cycle = 1) -> ExchangeReply {
        .grant(cycle: cycle, credit: 1, suggested: suggested)
    }

    /// A node without chunks that wants the last two of four, and opened the exchange with p1, who holds everything.
    private func receiver() -> ExchangingPeer {
        let peer = ExchangingPeer("....", peers: [1], unwanted: "xx..")
        #expect(peer.tick(1) == ["ask open 1 holds .... knows nothing of p1"])
        _ = peer.answered(.opened(cycle: 1, whole("xxxx"), known: nil, queued: []), from: 1)
        return peer
    }

    @Test func onlyWhatIsWantedIsAskedFor() {
        let peer = receiver()
        let first = peer.answered(grant([0]), from: 1)
        #expect(first == ["ask want 1/[2] of p1"] || first == ["ask want 1/[3] of p1"], "and no suggestion is followed")
        let second = peer.answered(grant([1]), from: 1)
        #expect(second != first && second.count == 1)
        #expect(peer.answered(grant([0]), from: 1) == ["ask want 1/[] of p1"])
        #expect(peer.counts.sent == 2)
    }

    @Test func itIsDoneWithWhatItWants() {
        let peer = receiver()
        _ = peer.answered(grant([2]), from: 1)
        _ = peer.answered(grant([3]), from: 1)
        #expect(!peer.answered(.chunk(cycle: 1, chunk: 2), from: 1).contains("report completion 1"))
        #expect(peer.answered(.chunk(cycle: 1, chunk: 3), from: 1).contains("report completion 1"))
        #expect(peer.answered(grant([0]), from: 1) == ["ask want 1/[] of p1"])
        #expect(peer.tick(2).isEmpty, "p1 has nothing for it, and needs nothing of it")
        // It is no seed: it says what it holds, suggests nothing, and asks nothing of those that draw it.
        #expect(
            peer.asked(.open(cycle: 2, whole("xx..", epoch: 3), known: nil), by: 5, opener: 5) == [
                "answer opened 2 holds ..xx knows 0 queued [] to r5", "answer grant 2 1 suggests [] to r5",
            ])
        #expect(peer.asked(.want(cycle: 2, [3]), by: 5).first == "answer chunk 2/3 to r5")
    }

    /// Another node may lack what it holds: it is told of it, as a seed tells its partners.
    @Test func itOpensTheExchangeWithWhomItCanHelp() {
        let peer = ExchangingPeer("..xx", peers: [1], unwanted: "xx..")
        #expect(peer.tick(1) == ["ask open 1 holds ..xx knows nothing of p1"])
        _ = peer.answered(.opened(cycle: 1, whole("..x."), known: nil, queued: []), from: 1)
        #expect(peer.tick(2).count == 1)
        _ = peer.answered(.opened(cycle: 2, whole("..xx"), known: nil, queued: []), from: 1)
        #expect(peer.tick(3).isEmpty)
    }

    @Test func whoHoldsNothingThatIsWantedIsNotAskedInReturn() {
        let peer = ExchangingPeer("....", unwanted: "xx..")
        _ = peer.tick(1)
        let opening = { (art: String) in ExchangeRequest.open(cycle: 1, whole(art), known: nil) }
        #expect(!peer.asked(opening("xx.."), by: 1, opener: 1).contains { $0.hasPrefix("ask open") })
        #expect(peer.asked(opening("xxx."), by: 2, opener: 2).contains { $0.hasPrefix("ask open") })
    }
}
