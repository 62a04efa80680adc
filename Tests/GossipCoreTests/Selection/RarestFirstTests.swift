import Testing

@testable import GossipCore

/// The picker by string art: `1121` is how many copies of each chunk the digests show.
@Suite struct RarestFirstTests {
    /// The chunks that many draws give, ascending.
    private func picks(_ availability: String, have: String, offered: String) -> [ChunkID] {
        var counted = Availability(chunkCount: UInt32(have.utf8.count))
        let copies = availability.utf8.map { Int($0 - UInt8(ascii: "0")) }
        for copy in 0..<(copies.max() ?? 0) {
            counted.add(ChunkSet(String(copies.map { $0 > copy ? "x" : "." })))
        }
        var generator = RandomGenerator(seed: 5)
        var found: Set<ChunkID> = []
        for _ in 0..<100 {
            if let chunk = RarestFirst.pick(
                excluding: ChunkSet(have), offered: ChunkSet(offered), availability: counted, using: &generator)
            {
                found.insert(chunk)
            }
        }
        return found.sorted()
    }

    @Test(arguments: [
        ("1121", "x..x", "xxxx", [ChunkID(1)]),
        ("1121", "....", "xxxx", [0, 1, 3]),
        ("2222", "....", "xxxx", [0, 1, 2, 3]),
        ("3219", "....", "xxxx", [2]),
        ("3219", "..x.", "xxxx", [1]),
        ("3219", "....", "x..x", [0]),
        ("1111", "xxxx", "xxxx", []),
        ("1111", "....", "....", []),
        ("1111", "x..x", "x..x", []),
        ("0211", ".x..", "x...", [0]),
        ("", "", "", []),
    ])
    func picksTheRarest(availability: String, have: String, offered: String, expected: [ChunkID]) {
        #expect(picks(availability, have: have, offered: offered) == expected)
    }

    @Test func tiesAreDrawnUniformly() {
        var availability = Availability(chunkCount: 6)
        availability.add(ChunkSet("xx..x."))
        let offered = ChunkSet("xxxxxx")
        let held = ChunkSet("....x.")
        var generator = RandomGenerator(seed: 11)
        let right = histogram(of: 6, draws: 9_000) {
            RarestFirst.pick(
                excluding: held, offered: offered, availability: availability, using: &generator
            ).map { Int($0) }
        }
        #expect(isUniform(right, over: [2, 3, 5]))
        let first = histogram(of: 6, draws: 9_000) { 2 }
        #expect(!isUniform(first, over: [2, 3, 5]))
        let blind = histogram(of: 6, draws: 9_000) {
            ChunkDraw.missing(from: held, using: &generator).map { Int($0) }
        }
        #expect(!isUniform(blind, over: [2, 3, 5]))
    }

    @Test func copiesAreCountedOverDigests() {
        var availability = Availability(chunkCount: 70)
        availability.add(ChunkSet(String(repeating: "x", count: 70)))
        availability.add(ChunkSet(String(repeating: ".", count: 69) + "x"))
        #expect(availability[0] == 1 && availability[68] == 1 && availability[69] == 2)
    }
}
