/// Durations, counted by fixed buckets: what it holds does not grow, and many nodes' can be added up.
package struct Histogram: Equatable, Sendable {
    /// Upper ends of the buckets in seconds, each included, ascending; beyond the last there is one more.
    package let bounds: [Double]
    /// Values in each bucket alone; one more than bounds.
    package private(set) var counts: [UInt64]
    /// Of all values, in seconds.
    package private(set) var sum = 0.0

    package init(bounds: [Double]) {
        precondition(!bounds.isEmpty && zip(bounds, bounds.dropFirst()).allSatisfy(<), "bounds of buckets ascend")
        self.bounds = bounds
        counts = Array(repeating: 0, count: bounds.count + 1)
    }

    package var count: UInt64 { counts.reduce(0, +) }

    /// Counts a value.
    /// - Parameter seconds: zero or more; what is less, or no number, counts as zero.
    package mutating func record(_ seconds: Double) {
        let seconds = seconds > 0 ? seconds : 0
        counts[bounds.firstIndex { seconds <= $0 } ?? bounds.count] += 1
        sum += seconds
    }
}
