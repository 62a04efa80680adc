import GossipCore
import Testing

@testable import Reporting

/// Rates over the last seconds.
@Suite struct RateMeterTests {
    private static func at(_ milliseconds: UInt64) -> TimePoint { TimePoint(nanoseconds: milliseconds * 1_000_000) }

    @Test func twoSamplesMakeARate() {
        var meter = RateMeter()
        #expect(meter.perSecond == nil)
        meter.note(1_000, at: Self.at(0))
        #expect(meter.perSecond == nil)
        meter.note(1_500, at: Self.at(500))
        #expect(meter.perSecond == 1_000)
    }

    @Test func whatIsLongAgoDoesNotCount() {
        var meter = RateMeter()
        for second in UInt64(0)...20 { meter.note(second * 100, at: Self.at(second * 1_000)) }
        #expect(meter.perSecond == 100)
        for second in UInt64(21)...30 { meter.note(2_000, at: Self.at(second * 1_000)) }
        #expect(meter.perSecond == 0)
    }

    @Test func aCounterThatFallsBeginsAnew() {
        var meter = RateMeter()
        meter.note(1_000, at: Self.at(0))
        meter.note(9_000, at: Self.at(1_000))
        meter.note(10, at: Self.at(2_000))
        #expect(meter.perSecond == nil)
        meter.note(30, at: Self.at(3_000))
        #expect(meter.perSecond == 20)
    }

    @Test func manySamplesInAMomentAreFew() {
        var meter = RateMeter()
        for step in UInt64(0)..<100_000 { meter.note(step, at: TimePoint(nanoseconds: step * 100_000)) }
        // 10 s at 10,000 a second.
        let rate = meter.perSecond ?? 0
        #expect(abs(rate - 10_000) < 1, "\(rate)")
        #expect(MemoryLayout.size(ofValue: meter) == 8)
        #expect("\(meter)".count < 20_000)
    }
}
