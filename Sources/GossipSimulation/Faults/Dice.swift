import GossipCore

/// Draws the options of a run.
struct Dice {
    private var generator: RandomGenerator

    init(seed: UInt64, stream: UInt64) {
        generator = RandomGenerator(seed: seed, stream: stream)
    }

    mutating func chance(_ permille: Int) -> Bool { generator.index(below: 1_000) < permille }

    mutating func number(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + generator.index(below: range.count)
    }

    /// Small numbers more often: what is wrong shows in small swarms first, and those run fast.
    mutating func smallNumber(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + generator.index(below: 1 + generator.index(below: range.count))
    }

    mutating func milliseconds(_ range: ClosedRange<Int>) -> TimeSpan { .milliseconds(UInt64(number(range))) }

    mutating func element<Element>(of elements: [Element]) -> Element {
        elements[generator.index(below: elements.count)]
    }

    mutating func distinct(_ count: Int, below bound: Int) -> [Int] {
        generator.distinctIndices(count, below: bound)
    }
}
