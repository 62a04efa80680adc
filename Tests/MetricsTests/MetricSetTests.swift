import TestSupport
import Testing

@testable import Metrics

@Suite struct MetricSetTests {
    private static let plain = MetricDescription(.gauge, "plain", "A value without labels.")
    private static let labelled = MetricDescription(
        .counter, "labelled_total", labels: ["a", "b"], "With \\ and\na second line.")
    private static let timed = MetricDescription(.histogram, "timed_seconds", labels: ["a"], "Durations.")

    @Test func theTextIsThatOfPrometheus() {
        var set = MetricSet()
        var histogram = Histogram(bounds: [0.25, 1])
        for value in [0.2, 0.5, 3] { histogram.record(value) }
        set.add(Self.labelled, ["x", "1"], UInt64.max)
        set.add(Self.plain, 0.125)
        set.add(Self.timed, ["t"], histogram)
        // What belongs together stands together, whenever it came.
        set.add(Self.labelled, ["quote \" back \\ line \n", "é"], 7)
        #expect(
            set.text == #"""
                # HELP labelled_total With \\ and\na second line.
                # TYPE labelled_total counter
                labelled_total{a="x",b="1"} 18446744073709551615
                labelled_total{a="quote \" back \\ line \n",b="é"} 7
                # HELP plain A value without labels.
                # TYPE plain gauge
                plain 0.125
                # HELP timed_seconds Durations.
                # TYPE timed_seconds histogram
                timed_seconds_bucket{a="t",le="0.25"} 1
                timed_seconds_bucket{a="t",le="1"} 2
                timed_seconds_bucket{a="t",le="+Inf"} 3
                timed_seconds_sum{a="t"} 3.7
                timed_seconds_count{a="t"} 3

                """#)
        #expect(throws: Never.self) { try Exposition(set.text) }
    }

    @Test(arguments: [
        (0.0, "0"), (-0.0, "0"), (2.0, "2"), (-3.5, "-3.5"), (1e-7, "1e-07"), (1e300, "1e+300"), (.nan, "NaN"),
        (.infinity, "+Inf"), (-.infinity, "-Inf"), (1_760_000_000.5, "1760000000.5"),
    ]) func numbersAreWrittenAsAnyoneReadsThem(_ number: Double, _ expected: String) {
        #expect(MetricSet.format(number) == expected)
    }

    @Test func valuesOfEveryKindAreTold() {
        var set = MetricSet()
        set.add(Self.plain, true)
        set.add(Self.plain, false)
        set.add(Self.plain, -5)
        set.add(Self.plain, UInt64(9))
        #expect(set.families.first?.samples.map(\.value) == [.count(1), .count(0), .count(0), .count(9)])
    }

    @Test func nothingIsNoLine() {
        #expect(MetricSet().text == "")
    }
}
