extension RandomGenerator {
    /// Draws `count` different indices below `bound`, in random order: every ordered choice is equally likely.
    ///
    /// A bound no larger than `count` gives all the indices, shuffled.
    public mutating func distinctIndices(_ count: Int, below bound: Int) -> [Int] {
        let count = min(count, bound)
        guard count > 0 else { return [] }
        return [Int](unsafeUninitializedCapacity: count) { buffer, initialized in
            drawDistinctIndices(into: UnsafeMutableBufferPointer(rebasing: buffer[..<count]), below: bound)
            initialized = count
        }
    }

    /// Fills the buffer with different indices below `bound`, in random order: every ordered choice is equally likely.
    /// - Parameters:
    ///   - buffer: uninitialized, of at most `bound` places.
    ///   - bound: one more than the highest index.
    public mutating func drawDistinctIndices(into buffer: UnsafeMutableBufferPointer<Int>, below bound: Int) {
        precondition(buffer.count <= bound, "\(buffer.count) different indices below \(bound) do not exist")
        if buffer.count <= Self.fewIndices {
            drawFewIndices(into: buffer, below: bound)
        } else {
            drawManyIndices(into: buffer, below: bound)
        }
    }

    /// Up to this many, comparing with what was drawn is cheaper than an array of all the indices.
    private static let fewIndices = 64

    /// The k-th draw is among the `bound - k` indices not drawn yet: it skips past the drawn ones, lowest first.
    private mutating func drawFewIndices(into buffer: UnsafeMutableBufferPointer<Int>, below bound: Int) {
        withUnsafeTemporaryAllocation(of: Int.self, capacity: buffer.count) { ascending in
            for step in 0..<buffer.count {
                var index = index(below: bound - step)
                var position = 0
                while position < step, ascending[position] <= index {
                    index += 1
                    position += 1
                }
                for place in stride(from: step, to: position, by: -1) {
                    ascending.initializeElement(at: place, to: ascending[place - 1])
                }
                ascending.initializeElement(at: position, to: index)
                buffer.initializeElement(at: step, to: index)
            }
        }
    }

    /// Fisher and Yates' shuffle, stopped after as many places as are wanted.
    private mutating func drawManyIndices(into buffer: UnsafeMutableBufferPointer<Int>, below bound: Int) {
        var indices = Array(0..<bound)
        for place in 0..<buffer.count {
            indices.swapAt(place, place + index(below: bound - place))
            buffer.initializeElement(at: place, to: indices[place])
        }
    }
}
