import Testing

@testable import GossipCore

@Suite struct ChunkSetTests {
    static let sizes: [UInt32] = [0, 1, 7, 8, 9, 63, 64, 65, 127, 128, 129, 5_000]

    @Test(arguments: sizes)
    func anEmptyAndAFullSet(size: UInt32) {
        let empty = ChunkSet(chunkCount: size)
        let full = ChunkSet.full(chunkCount: size)
        #expect(empty.isEmpty && empty.count == 0 && empty.missingCount == size)
        #expect(full.isComplete && full.count == size && full.missingCount == 0)
        #expect(empty.isComplete == (size == 0) && full.isEmpty == (size == 0))
        #expect(full.members == Array(0..<size) && empty.members.isEmpty)
        #expect(!full.contains(size) && !full.contains(.max))
        #expect((full == empty) == (size == 0))
    }

    /// Every operation against `Set<UInt32>`, the naive one.
    @Test(arguments: sizes)
    func agreesWithASet(size: UInt32) {
        var generator = RandomGenerator(seed: 1, stream: UInt64(size))
        var chunks = ChunkSet(chunkCount: size)
        var model: Set<UInt32> = []
        for step in 0..<(size == 0 ? 1 : 600) {
            let chunk = size == 0 ? 0 : ChunkID(generator.index(below: Int(size)))
            if generator.index(below: 5) < 3, size > 0 {
                #expect(chunks.insert(chunk) == model.insert(chunk).inserted)
            } else {
                #expect(chunks.remove(chunk) == (model.remove(chunk) != nil))
            }
            #expect(chunks.contains(chunk) == model.contains(chunk))
            #expect(chunks.count == UInt32(model.count))
            if step % 100 == 0 { expectSame(chunks, model) }
        }
        expectSame(chunks, model)
    }

    private func expectSame(_ chunks: ChunkSet, _ model: Set<UInt32>) {
        let members = model.sorted()
        let missing = (0..<chunks.chunkCount).filter { !model.contains($0) }
        #expect(chunks.members == members)
        #expect((0..<members.count).map { chunks.member(atRank: $0) } == members)
        #expect((0..<missing.count).map { chunks.missing(atRank: $0) } == missing)
        #expect(chunks.missingCount == UInt32(missing.count))
    }

    @Test(arguments: sizes)
    func unionAndDifferenceAgreeWithASet(size: UInt32) {
        var generator = RandomGenerator(seed: 2, stream: UInt64(size))
        var (left, right) = (ChunkSet(chunkCount: size), ChunkSet(chunkCount: size))
        for chunk in 0..<size {
            if generator.index(below: 3) == 0 { left.insert(chunk) }
            if generator.index(below: 2) == 0 { right.insert(chunk) }
        }
        var wanted: [ChunkID] = []
        left.forEachMissing(heldBy: right) { wanted.append($0) }
        #expect(wanted == Set(right.members).subtracting(left.members).sorted())
        let both = Set(left.members).union(right.members).sorted()
        left.formUnion(right)
        #expect(left.members == both && left.count == UInt32(both.count))
    }

    @Test func equalSetsAreEqualHoweverTheyCameToBe() {
        var taken = ChunkSet.full(chunkCount: 130)
        var given = ChunkSet(chunkCount: 130)
        for chunk in ChunkID(0)..<130 where chunk % 3 == 0 {
            taken.remove(chunk)
        }
        for chunk in ChunkID(0)..<130 where chunk % 3 != 0 {
            given.insert(chunk)
        }
        #expect(taken == given && taken.hashValue == given.hashValue)
        #expect(ChunkSet(chunkCount: 9) != ChunkSet(chunkCount: 10))
    }
}
