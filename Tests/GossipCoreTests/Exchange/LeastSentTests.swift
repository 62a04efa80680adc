import Testing

@testable import GossipCore

@Suite struct LeastSentTests {
    private func expect(
        _ least: inout LeastSent, _ count: Int, lackedBy holdings: String, gives expected: [ChunkID],
        _ generator: inout RandomGenerator
    ) {
        let taken = least.take(count, lackedBy: ChunkSet(holdings), using: &generator)
        #expect(taken == expected)
    }

    @Test func everyChunkIsGivenAwayOnce() {
        var generator = RandomGenerator(seed: 1)
        var least = LeastSent(chunkCount: 5)
        var given: [ChunkID] = []
        while !least.isEmpty { given += least.take(2, lackedBy: ChunkSet("....."), using: &generator) }
        #expect(given.sorted() == [0, 1, 2, 3, 4])
        expect(&least, 1, lackedBy: ".....", gives: [], &generator)
    }

    @Test func whatTheReceiverHoldsStaysForOthers() {
        var generator = RandomGenerator(seed: 1)
        var least = LeastSent(chunkCount: 3)
        expect(&least, 3, lackedBy: "x.x", gives: [1], &generator)
        expect(&least, 3, lackedBy: ".xx", gives: [0], &generator)
        least.insert(1)
        least.remove(2)
        expect(&least, 3, lackedBy: "...", gives: [1], &generator)
    }

    @Test func theDrawIsUniform() {
        var generator = RandomGenerator(seed: 9)
        let drawn = histogram(of: 6, draws: 6_000) {
            var least = LeastSent(chunkCount: 6)
            return least.take(1, lackedBy: ChunkSet("x....."), using: &generator).first.map { Int($0) }
        }
        #expect(isUniform(drawn, over: [1, 2, 3, 4, 5]))
    }
}
