import Testing

@testable import GossipCore

/// When it is too late to grant for the cycle that is, at Δ = 1 s.
@Suite struct CyclePaceTests {
    private func pace(_ carried: [(count: Int, late: Int)], isFull: Bool = true) -> CyclePace {
        var pace = CyclePace()
        for cycle in carried {
            for number in 0..<cycle.count { pace.noteServed(isLate: number < cycle.late) }
            pace.closeCycle(isFull: isFull)
        }
        return pace
    }

    private func ending(_ pace: CyclePace) -> UInt64 {
        pace.ending(window: pace.window, of: .seconds(1)).milliseconds
    }

    @Test func aLineThatIsNotKnownIsTriedWithCare() {
        #expect(pace([]).window == 2 && ending(pace([])) == 250)
    }

    /// The window and one chunk more must be there before the tick.
    @Test(arguments: [
        (5, window: 2, ending: UInt64(400)), (10, 5, 400), (100, 50, 490), (4, 2, 250), (3, 2, 0), (0, 2, 0),
    ])
    func halfOfACyclesChunksAreUnderWay(carried: Int, window: Int, ending: UInt64) {
        let pace = pace([(carried, 0)])
        #expect(pace.window == window && self.ending(pace) == ending)
    }

    @Test func aSlowerCycleCountsAtOnceAndAFasterByHalf() {
        #expect(pace([(10, 0), (6, 0)]).carried == 6)
        #expect(pace([(6, 0), (10, 0)]).carried == 8)
    }

    @Test func aLineThatWasNotBusyTellsOnlyThatItCarriesSoMuch() {
        #expect(pace([(4, 0)], isFull: false).carried == nil)
        var known = pace([(4, 0)])
        known.noteServed(isLate: false)
        known.closeCycle(isFull: false)
        #expect(known.carried == 4)
    }

    /// One place more is kept free after each cycle with a late chunk, and one less after eight without.
    @Test func lateChunksMakeItCareful() {
        #expect(pace([(10, 0), (10, 2), (10, 1)]).margin == 2)
        #expect(ending(pace([(10, 0), (10, 2), (10, 1)])) == 200)
        let calm = Array(repeating: (count: 10, late: 0), count: 8)
        #expect(pace([(10, 1)] + calm).margin == 0)
        #expect(pace([(10, 1)] + calm.dropLast()).margin == 1)
        #expect(pace(Array(repeating: (10, 1), count: 30)).margin == 10, "never more than a cycle's")
    }

    @Test func cyclesOfAnotherLengthCarryMoreOrLess() {
        var pace = pace([(10, 1)])
        pace.rescale(from: .seconds(1), to: .milliseconds(300))
        #expect(pace.carried == 3 && pace.margin == 0)
        pace.rescale(from: .milliseconds(300), to: .seconds(2))
        #expect(pace.carried == 20)
    }
}
