import Testing

@testable import GossipCore

@Suite struct DigestRoundTests {
    private var round = DigestRound(cycle: 3, partners: [2], asked: [2, 5], chunkCount: 3)

    @Test func isOverWhenEveryoneAnsweredOrIsGone() {
        var round = round
        #expect(!round.isOver)
        #expect(round.add(ChunkSet("x.."), from: 5) == true)
        #expect(!round.isOver)
        #expect(round.withdraw(2) == true)
        #expect(round.isOver)
        #expect(round.withdraw(2) == false)
    }

    @Test func keepsThePartnersHoldingsAlone() {
        var round = round
        #expect(round.holdings(ofPartner: 0) == nil)
        #expect(round.add(ChunkSet("x.x"), from: 5) == true)
        #expect(round.holdings(ofPartner: 0) == nil)
        #expect(round.add(ChunkSet("x.."), from: 2) == true)
        #expect(round.holdings(ofPartner: 0) == ChunkSet("x.."))
        #expect((0..<3).map { round.availability[$0] } == [2, 0, 1])
    }

    @Test func aPeerCountsOnce() {
        var round = round
        #expect(round.add(ChunkSet("x.x"), from: 5) == true)
        #expect(round.add(ChunkSet("x.x"), from: 5) == false)
        #expect(round.add(ChunkSet("x.x"), from: 6) == false)
        #expect((0..<3).map { round.availability[$0] } == [1, 0, 1])
    }

    @Test func nobodyAskedIsOverAtOnce() {
        #expect(DigestRound(cycle: 1, partners: [], asked: [], chunkCount: 0).isOver)
    }
}
