extension RandomGenerator {
    /// Draws `count` different indices below `bound`, in random order: every ordered choice is equally likely.
    ///
    /// A bound no larger than `count` gives all the indices, shuffled.
    public mutating func distinctIndices(_ count: Int, below bound: Int) -> [Int] {
        let count = min(count, bound)
        guard count > 0 else { return [] }
        return count <= Self.fewIndices
            ? fewDistinctIndices(count, below: bound) : manyDistinctIndices(count, below: bound)
    }

    /// Up to this many, comparing with what was drawn is cheaper than an array of all the indices.
    private static let fewIndices = 64

    /// The k-th draw is among the `bound - k` indices not drawn yet: it skips past the drawn ones, lowest first.
    private mutating func fewDistinctIndices(_ count: Int, below bound: Int) -> [Int] {
        var drawn: [Int] = []
        var ascending: [Int] = []
        drawn.reserveCapacity(count)
        ascending.reserveCapacity(count)
        for step in 0..<count {
            var index = index(below: bound - step)
            var position = 0
            while position < ascending.count, ascending[position] <= index {
                index += 1
                position += 1
            }
            ascending.insert(index, at: position)
            drawn.append(index)
        }
        return drawn
    }

    /// Fisher and Yates' shuffle, stopped after `count` places.
    private mutating func manyDistinctIndices(_ count: Int, below bound: Int) -> [Int] {
        var indices = Array(0..<bound)
        for place in 0..<count {
            indices.swapAt(place, place + index(below: bound - place))
        }
        return Array(indices.prefix(count))
    }
}
