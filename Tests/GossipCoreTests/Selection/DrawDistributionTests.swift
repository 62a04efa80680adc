import Testing

@testable import GossipCore

/// Partners and chunks as a node draws them, tick after tick.
@Suite struct DrawDistributionTests {
    private let ticks: Cycle = 8_000

    @Test func partnersOfAPushAreUniformAndNeverTwice() {
        var peer = TestPeer("x", .push, fanout: 2, peers: [10, 11, 12, 13, 14], seed: 1)
        var cycle: Cycle = 0
        let choices = OrderedChoices(bound: 5, count: 2)
        #expect(
            choices.areUniform(draws: Int(ticks)) {
                cycle += 1
                return peer.tick(cycle).pushes.map { Int($0.peer.rawValue) - 10 }
            })
    }

    @Test func partnersOfAPullAreUniformAndNeverTwice() {
        var peer = TestPeer(".", .pull, fanout: 2, peers: [10, 11, 12, 13, 14], seed: 2) {
            $0.missedCyclesLimit = .max
        }
        var cycle: Cycle = 0
        let choices = OrderedChoices(bound: 5, count: 2)
        #expect(
            choices.areUniform(draws: Int(ticks)) {
                cycle += 1
                return peer.tick(cycle).pulls.map { Int($0.peer.rawValue) - 10 }
            })
    }

    /// The first answer to the digests picks the partner; it must be any of them.
    @Test func partnersOfRarestFirstAreUniform() {
        var peer = TestPeer(".", .pull, fanout: 2, selection: .rarestFirst, peers: [10, 11, 12, 13, 14], seed: 3) {
            $0.missedCyclesLimit = .max
        }
        var cycle: Cycle = 0
        let choices = OrderedChoices(bound: 5, count: 2)
        #expect(
            choices.areUniform(draws: Int(ticks)) {
                cycle += 1
                peer.tick(cycle)
                return (peer.machine.digestRound?.partners ?? []).map { Int($0.rawValue) - 10 }
            })
    }

    @Test func aPushedChunkIsUniformOverThoseHeld() {
        var peer = TestPeer("x.xx...xx", .push, peers: [7], seed: 4)
        var cycle: Cycle = 0
        let drawn = histogram(of: 9, draws: Int(ticks)) {
            cycle += 1
            return peer.tick(cycle).pushes.first.map { Int($0.chunk) }
        }
        #expect(isUniform(drawn, over: [0, 2, 3, 7, 8]))
    }

    @Test func aPulledChunkIsUniformOverThoseMissing() {
        var peer = TestPeer("x.xx...xx", .pull, peers: [7], seed: 5) { $0.missedCyclesLimit = .max }
        var cycle: Cycle = 0
        let drawn = histogram(of: 9, draws: Int(ticks)) {
            cycle += 1
            return peer.tick(cycle).pulls.first.map { Int($0.chunk) }
        }
        #expect(isUniform(drawn, over: [1, 4, 5, 6]))
    }

    @Test func drawsAcrossWordsAreUniform() {
        var generator = RandomGenerator(seed: 6)
        var set = ChunkSet(chunkCount: 130)
        let held = [0, 1, 62, 63, 64, 65, 127, 128, 129]
        for chunk in held { set.insert(ChunkID(chunk)) }
        func drawn(_ draw: (inout RandomGenerator) -> ChunkID?) -> [Int] {
            histogram(of: 130, draws: 10_000) { draw(&generator).map { Int($0) } }
        }
        #expect(isUniform(drawn { ChunkDraw.held(in: set, using: &$0) }, over: held))
        let missing = (0..<130).filter { !held.contains($0) }
        #expect(isUniform(drawn { ChunkDraw.missing(from: set, using: &$0) }, over: missing))
        #expect(!isUniform(drawn { ChunkDraw.missing(from: set, using: &$0) }, over: held))
        #expect(!isUniform(drawn { _ in set.member(atRank: 0) }, over: held), "always the lowest")
        #expect(!isUniform(drawn { set.member(atRank: $0.index(below: 8)) }, over: held), "never the highest")
        #expect(
            !isUniform(
                drawn { generator in
                    let start = generator.index(below: 130)
                    return held.first { $0 >= start }.map { ChunkID($0) } ?? 0
                }, over: held), "the next one after a random place: large gaps favour")
    }

    @Test func nothingIsDrawnWhereNothingIs() {
        var generator = RandomGenerator(seed: 7)
        #expect(ChunkDraw.held(in: ChunkSet("..."), using: &generator) == nil)
        #expect(ChunkDraw.missing(from: ChunkSet("xxx"), using: &generator) == nil)
        #expect(ChunkDraw.held(in: ChunkSet(""), using: &generator) == nil)
        #expect(ChunkDraw.missing(from: ChunkSet(""), using: &generator) == nil)
    }
}
