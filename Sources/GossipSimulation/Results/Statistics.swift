/// The usual figures of a sample.
package struct Statistics: Equatable, Sendable {
    package let mean: Double
    /// Of the sample, with n − 1 below the fraction; 0 of a single value.
    package let standardDeviation: Double
    private let sorted: [Double]

    /// Nil of no values.
    package init?(_ values: [Double]) {
        guard !values.isEmpty else { return nil }
        sorted = values.sorted()
        let count = Double(values.count)
        let mean = sorted.reduce(0, +) / count
        self.mean = mean
        let squares = sorted.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        standardDeviation = values.count > 1 ? (squares / (count - 1)).squareRoot() : 0
    }

    package var count: Int { sorted.count }

    package var minimum: Double { sorted[0] }

    package var maximum: Double { sorted[sorted.count - 1] }

    /// The smallest value that at least this share of the values do not exceed (the nearest rank).
    /// - Parameter share: above 0, up to 1.
    package func quantile(_ share: Double) -> Double {
        let rank = Int((share * Double(sorted.count)).rounded(.up))
        return sorted[min(max(rank, 1), sorted.count) - 1]
    }
}
