/// How far apart the in-degrees of an overlay's nodes lie.
package struct DegreeSpread: Equatable, Sendable {
    package let mean: Double
    /// Over all nodes (n, not n − 1).
    package let standardDeviation: Double
    package let least: Int
    package let greatest: Int

    /// Nil where there is no node.
    package init?(_ degrees: [Int]) {
        guard let least = degrees.min(), let greatest = degrees.max() else { return nil }
        let count = Double(degrees.count)
        let mean = Double(degrees.reduce(0, +)) / count
        // Whole numbers are summed, so that the result does not depend on the order.
        let squares = Double(degrees.reduce(0) { $0 + $1 * $1 })
        self.mean = mean
        standardDeviation = max(0, squares / count - mean * mean).squareRoot()
        self.least = least
        self.greatest = greatest
    }
}
