import Testing

@testable import Metrics

@Suite struct HistogramTests {
    @Test func aValueIsInTheFirstBucketThatReachesIt() {
        var histogram = Histogram(bounds: [0.5, 1, 2])
        for value in [0, 0.5, 0.500001, 1, 1.5, 2, 2.1, 1e9] { histogram.record(value) }
        #expect(histogram.counts == [2, 2, 2, 2])
        #expect(histogram.count == 8)
        #expect(histogram.sum == 0.5 + 0.500001 + 1 + 1.5 + 2 + 2.1 + 1e9)
    }

    @Test(arguments: [-1, -0.0, Double.nan, -Double.infinity]) func whatIsNoDurationCountsAsNone(_ value: Double) {
        var histogram = Histogram(bounds: [0.5])
        histogram.record(value)
        #expect(histogram.counts == [1, 0])
        #expect(histogram.sum == 0)
    }
}
