/// The values of many metrics at one moment, made anew for each who asks.
///
/// Nothing is counted here: state machines and shells keep their counters, and are read.
package struct MetricSet: Sendable {
    package enum Value: Equatable, Sendable {
        case count(UInt64)
        case number(Double)
        case histogram(Histogram)
    }

    package struct Sample: Equatable, Sendable {
        /// In the order of the description's labels.
        package let labels: [String]
        package let value: Value
    }

    package struct Family: Equatable, Sendable {
        package let description: MetricDescription
        package fileprivate(set) var samples: [Sample]
    }

    /// In the order in which they were first added.
    package private(set) var families: [Family] = []
    private var places: [String: Int] = [:]

    package init() {}

    /// - Parameter labels: their values, in the order of the description's names.
    package mutating func add(_ metric: MetricDescription, _ labels: [String], _ value: some MetricValue) {
        precondition(labels.count == metric.labels.count, "\(metric.name) has the labels \(metric.labels)")
        let place = places[metric.name] ?? families.count
        if place == families.count {
            places[metric.name] = place
            families.append(Family(description: metric, samples: []))
        }
        precondition(families[place].description == metric, "\(metric.name) is two metrics")
        families[place].samples.append(Sample(labels: labels, value: value.metricValue))
    }

    /// Adds the only value of a metric without labels.
    package mutating func add(_ metric: MetricDescription, _ value: some MetricValue) {
        add(metric, [], value)
    }
}
