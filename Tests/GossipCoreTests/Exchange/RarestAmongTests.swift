import Testing

@testable import GossipCore

/// The picker by string art: the sources' holdings give the copies.
@Suite struct RarestAmongTests {
    private func picks(_ sources: [String], claimed: String, offered: String) -> [ChunkID] {
        var generator = RandomGenerator(seed: 5)
        var found: Set<ChunkID> = []
        for _ in 0..<200 {
            let chunk = RarestAmong.pick(
                excluding: ChunkSet(claimed), offered: ChunkSet(offered), sources: sources.map { ChunkSet($0) },
                using: &generator)
            if let chunk { found.insert(chunk) }
        }
        return found.sorted()
    }

    @Test(arguments: [
        (["xxxx", "xx.x"], "....", "xxxx", [ChunkID(2)]),
        (["xxxx", "xx.x"], "..x.", "xxxx", [0, 1, 3]),
        (["xxxx", "xx.x"], "....", "xx.x", [0, 1, 3]),
        (["xxxx", ".xxx", "..xx", "...x"], "....", "xxxx", [0]),
        (["xxxx", ".xxx", "..xx", "...x"], "xx..", "xxxx", [2]),
        (["xxxx"], "xxxx", "xxxx", []),
        (["...."], "....", "....", []),
        ([], "....", ".x.x", [1, 3]),
        ([], "", "", []),
    ])
    func picksTheRarest(sources: [String], claimed: String, offered: String, expected: [ChunkID]) {
        #expect(picks(sources, claimed: claimed, offered: offered) == expected)
    }

    /// Copies are counted in four bit planes: 16 are as many as 15, and 15 are more than 14.
    @Test func manyCopiesAreCounted() {
        let art = { (copies: [Int], source: Int) in String(copies.map { source < $0 ? "x" : "." }) }
        for copies in [[14, 15, 15], [3, 4, 5], [8, 7, 9], [16, 12, 13]] {
            let sources = (0..<16).map { art(copies, $0) }
            let rarest = copies.firstIndex(of: copies.min() ?? 0).map { ChunkID($0) }
            #expect(picks(sources, claimed: "...", offered: "xxx") == [rarest].compactMap(\.self))
        }
        #expect(picks((0..<16).map { art([16, 15, 16], $0) }, claimed: "...", offered: "xxx") == [0, 1, 2])
    }

    /// Ties are uniform over the words of a set as well as within one.
    @Test func tiesAreDrawnUniformly() {
        var claimed = ChunkSet(chunkCount: 130)
        for chunk in ChunkID(3)..<128 { claimed.insert(chunk) }
        var generator = RandomGenerator(seed: 11)
        let drawn = histogram(of: 130, draws: 10_000) {
            RarestAmong.pick(
                excluding: claimed, offered: .full(chunkCount: 130), sources: [.full(chunkCount: 130)],
                using: &generator
            ).map { Int($0) }
        }
        #expect(isUniform(drawn, over: [0, 1, 2, 128, 129]))
    }

    /// In a large file a part is looked at, another one at each draw, and all of it where little is left to choose.
    @Test func aLargeFileIsLookedAtInParts() {
        let count: UInt32 = 100_000
        var generator = RandomGenerator(seed: 3)
        var places: Set<ChunkID> = []
        for _ in 0..<100 {
            let chunk = RarestAmong.pick(
                excluding: ChunkSet(chunkCount: count), offered: .full(chunkCount: count), sources: [],
                using: &generator)
            places.insert((chunk ?? 0) / 10_000)
        }
        #expect(places.count == 10)
        var offered = ChunkSet(chunkCount: count)
        offered.insert(77_777)
        let only = RarestAmong.pick(
            excluding: ChunkSet(chunkCount: count), offered: offered, sources: [], using: &generator)
        #expect(only == 77_777)
    }
}
