/// What can be the value of a metric.
package protocol MetricValue {
    var metricValue: MetricSet.Value { get }
}

extension UInt64: MetricValue {
    package var metricValue: MetricSet.Value { .count(self) }
}

/// What is counted here is never below zero.
extension Int: MetricValue {
    package var metricValue: MetricSet.Value { .count(UInt64(Swift.max(0, self))) }
}

/// 1 where it is so, otherwise 0.
extension Bool: MetricValue {
    package var metricValue: MetricSet.Value { .count(self ? 1 : 0) }
}

extension Double: MetricValue {
    package var metricValue: MetricSet.Value { .number(self) }
}

extension Histogram: MetricValue {
    package var metricValue: MetricSet.Value { .histogram(self) }
}
