import GossipCore
import Testing

@testable import SwarmPage

@Suite struct CycleSeriesTests {
    private func change(held: Int64, wanted: Int64 = 0) -> CycleSeries.Bucket {
        CycleSeries.Bucket(held: held, wanted: wanted)
    }

    @Test func changesOfOneCycleAddUpInAnyOrder() {
        var series = CycleSeries()
        series.add(change(held: 0, wanted: 10), in: 0)
        series.add(change(held: 3), in: 2)
        series.add(change(held: 2), in: 1)
        series.add(change(held: 1), in: 2)
        #expect(series.buckets.map(\.held) == [0, 2, 4])
        #expect(SeriesPart(series, through: 2).average == [0, 0.2, 0.6])
    }

    @Test func whatIsNewerThanTheLastSettledCycleIsNotShown() {
        var series = CycleSeries()
        series.add(change(held: 5, wanted: 10), in: 4)
        series.add(change(held: 5), in: 5)
        #expect(SeriesPart(series, through: 4).cycles == [4])
        #expect(SeriesPart(series, through: 3).cycles == [])
    }

    @Test func aCycleFarAheadOfAllOthersIsNotBelieved() {
        var series = CycleSeries()
        series.add(change(held: 1, wanted: 10), in: 7)
        let isNear = series.add(change(held: 1), in: 7 + CycleSeries.furthestJump)
        let isFar = series.add(change(held: 1), in: 8 + 2 * CycleSeries.furthestJump)
        #expect((isNear, isFar) == (true, false))
        #expect(series.last == 7 + CycleSeries.furthestJump)
    }

    @Test func oldCyclesAreForgottenAndTheirSumIsNot() {
        var series = CycleSeries()
        let cycles = Cycle(3 * CycleSeries.mostCycles)
        series.add(change(held: 0, wanted: Int64(cycles)), in: 0)
        for cycle in 1...cycles { series.add(change(held: 1), in: cycle) }
        #expect(series.buckets.count <= 2 * CycleSeries.mostCycles)
        #expect(series.before.held + series.buckets.reduce(0) { $0 + $1.held } == Int64(cycles))
        let part = SeriesPart(series, through: cycles)
        #expect(part.cycles.count <= SeriesPart.mostPoints)
        #expect(part.cycles.last == cycles)
        #expect(part.average.last == 1)
    }

    @Test func aLateReportOfAForgottenCycleCountsInTheSum() {
        var series = CycleSeries()
        series.add(change(held: 1, wanted: 4), in: 5)
        series.add(change(held: 1), in: 3)
        #expect(SeriesPart(series, through: 5).average == [0.5])
    }

    @Test func aPointOfSeveralCyclesHasTheirMeanMessagesAndTheLastAverage() {
        var series = CycleSeries()
        var change = CycleSeries.Bucket(held: 1, wanted: 0)
        change.messages.useful = 3
        series.add(CycleSeries.Bucket(held: 0, wanted: 480), in: 0)
        for cycle in 1...479 { series.add(change, in: Cycle(cycle)) }
        let part = SeriesPart(series, through: 479)
        #expect(part.cycles.count == 240)
        #expect(part.cycles[1] == 3)
        #expect(part.useful[1] == 3)
        #expect(part.average[1] == 0.00625)
    }
}
