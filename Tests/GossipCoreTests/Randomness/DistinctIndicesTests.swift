import GossipCore
import Testing

/// Every ordered choice is equally likely; each wrong picker beside it fails the same check.
@Suite struct DistinctIndicesTests {
    @Test(arguments: [(5, 1), (5, 2), (5, 3), (4, 4), (3, 9), (20, 2)])
    func everyOrderedChoiceIsEquallyLikely(bound: Int, count: Int) {
        var generator = RandomGenerator(seed: 1, stream: UInt64(bound * 100 + count))
        let choices = OrderedChoices(bound: bound, count: min(count, bound))
        #expect(choices.areUniform(draws: 12_000) { generator.distinctIndices(count, below: bound) })
    }

    @Test func wrongPickersAreFound() {
        var generator = RandomGenerator(seed: 2)
        let choices = OrderedChoices(bound: 5, count: 2)
        func passes(_ draw: (inout RandomGenerator) -> [Int]) -> Bool {
            choices.areUniform(draws: 12_000) { draw(&generator) }
        }
        #expect(passes { $0.distinctIndices(2, below: 5) })
        #expect(!passes { [$0.index(below: 5), $0.index(below: 5)] }, "with replacement")
        #expect(!passes { _ in [0, 1] }, "the first ones")
        #expect(!passes { $0.distinctIndices(2, below: 4) }, "the last one left out")
        #expect(!passes { $0.distinctIndices(2, below: 5).sorted() }, "in ascending order")
        #expect(!passes { $0.distinctIndices(2, below: 6) }, "one too many")
        #expect(
            !passes {
                let first = $0.index(below: 5)
                return [first, (first + 1) % 5]
            }, "neighbours")
        #expect(
            !passes {
                let (first, second) = ($0.index(below: 5), $0.index(below: 4))
                return [first, second == first ? 4 : (second > first ? second : (second + 1) % 5)]
            }, "a skip that forgets its order")
    }

    /// Above 64 the draw is a shuffle cut short; both ways must be right.
    @Test(arguments: [(64, 100), (65, 100), (80, 80)])
    func manyAreDifferentAndEachIsDrawnAsOften(count: Int, bound: Int) {
        var generator = RandomGenerator(seed: 3, stream: UInt64(count))
        #expect(isEven(count, of: bound) { generator.distinctIndices(count, below: bound) })
        #expect(!isEven(count, of: bound) { Array(0..<count) }, "the first ones")
        #expect(!isEven(count, of: bound) { (0..<count).map { _ in generator.index(below: bound) } }, "replaced")
        #expect(!isEven(count, of: bound) { generator.distinctIndices(count, below: bound).sorted() }, "in order")
    }

    /// Whether all indices of each draw differ, each place of the draw is uniform, and each index as frequent.
    private func isEven(_ count: Int, of bound: Int, _ draw: () -> [Int]) -> Bool {
        var (first, last) = (Array(repeating: 0, count: bound), Array(repeating: 0, count: bound))
        var sums = first
        let draws = 1_000
        for _ in 0..<draws {
            let drawn = draw()
            guard drawn.count == count, Set(drawn).count == count else { return false }
            for index in drawn { sums[index] += 1 }
            first[drawn[0]] += 1
            last[drawn[count - 1]] += 1
        }
        let expected = draws * count / bound
        return isUniform(first, over: Array(0..<bound)) && isUniform(last, over: Array(0..<bound))
            && sums.allSatisfy { abs($0 - expected) < expected / 5 }
    }

    @Test func nothingIsDrawnOfNothing() {
        var generator = RandomGenerator(seed: 1)
        let before = generator
        #expect(generator.distinctIndices(0, below: 5) == [] && generator.distinctIndices(3, below: 0) == [])
        #expect(generator == before)
    }
}
