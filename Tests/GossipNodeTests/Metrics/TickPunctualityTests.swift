import GossipCore
import Metrics
import Testing

@testable import GossipNode

@Suite struct TickPunctualityTests {
    private let interval = TimeSpan.milliseconds(100)

    /// Ticks of the cycles from 1 on, heard so many milliseconds after a plan of one each 100 ms.
    private func hear(_ delays: [UInt64], from cycle: Cycle = 1, in punctuality: inout TickPunctuality) {
        for (index, delay) in delays.enumerated() {
            let number = cycle + UInt64(index)
            punctuality.note(
                number, interval: interval, at: TimePoint(nanoseconds: (1_000_000 + number * 100 + delay) * 1_000_000))
        }
    }

    @Test func theFirstTickTellsNothing() {
        var punctuality = TickPunctuality()
        hear([50], in: &punctuality)
        #expect(punctuality.histogram.count == 0)
    }

    @Test func latenessIsAgainstTheMostPunctual() {
        var punctuality = TickPunctuality()
        hear([20, 20, 23, 20, 70], in: &punctuality)
        #expect(punctuality.histogram.count == 4)
        #expect(abs(punctuality.histogram.sum - 0.053) < 1e-9)
    }

    @Test func aLateFirstTickIsFoundOut() {
        var punctuality = TickPunctuality()
        // The second comes 40 ms earlier than the first let expect: it is the punctual one, and the third late.
        hear([40, 0, 30], in: &punctuality)
        #expect(abs(punctuality.histogram.sum - 0.03) < 1e-9)
    }

    @Test func ticksThatAreLostDelayNobody() {
        var punctuality = TickPunctuality()
        hear([0], from: 1, in: &punctuality)
        hear([0, 5], from: 50, in: &punctuality)
        #expect(abs(punctuality.histogram.sum - 0.005) < 1e-9)
    }

    /// Two machines' clocks that drift apart by 1 ms in 100 ticks: no tick is late, however long it goes on.
    @Test func driftIsNoLateness() {
        var punctuality = TickPunctuality()
        hear((0..<10_000).map { UInt64($0) / 100 }, in: &punctuality)
        let mean = punctuality.histogram.sum / Double(punctuality.histogram.count)
        #expect(mean < 0.002, "without windows it would be 50 ms")
        #expect(punctuality.histogram.counts[4...].allSatisfy { $0 == 0 }, "none is later than 5 ms")
    }

    @Test func anotherDeltaOrAnEarlierNumberBeginsAnew() {
        var punctuality = TickPunctuality()
        hear([0, 0], from: 10, in: &punctuality)
        punctuality.note(13, interval: .milliseconds(50), at: TimePoint(nanoseconds: 5_000_000_000_000))
        #expect(punctuality.histogram.count == 1)
        punctuality.note(1, interval: .milliseconds(50), at: TimePoint(nanoseconds: 6_000_000_000_000))
        #expect(punctuality.histogram.count == 1)
        punctuality.note(2, interval: .milliseconds(50), at: TimePoint(nanoseconds: 6_000_060_000_000))
        #expect(punctuality.histogram.count == 2)
    }

    @Test func aStrangersNumbersDoNoHarm() {
        var punctuality = TickPunctuality()
        hear([0], in: &punctuality)
        punctuality.note(.max, interval: interval, at: TimePoint(nanoseconds: .max))
        punctuality.note(.max - 1, interval: interval, at: TimePoint(nanoseconds: .max))
        #expect(punctuality.histogram.count <= 2)
    }
}
