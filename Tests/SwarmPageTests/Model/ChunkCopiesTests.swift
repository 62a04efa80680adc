import GossipCore
import Testing

@testable import SwarmPage

@Suite struct ChunkCopiesTests {
    private func set(_ art: String) -> ChunkSet {
        var set = ChunkSet(chunkCount: UInt32(art.count))
        for (chunk, mark) in art.enumerated() where mark == "x" { set.insert(ChunkID(chunk)) }
        return set
    }

    @Test func copiesFollowWhatIsGainedAndLost() {
        var copies = ChunkCopies(chunkCount: 4)
        var (one, other) = ([UInt16](repeating: 0, count: 4), [UInt16](repeating: 0, count: 4))
        copies.change(from: set("...."), to: set("xx.."), cells: &one)
        copies.change(from: set("...."), to: set(".xx."), cells: &other)
        #expect(copies.copies == [1, 2, 1, 0])
        copies.change(from: set("xx.."), to: set("...x"), cells: &one)
        #expect(copies.copies == [0, 1, 1, 1])
        #expect(one == [0, 0, 0, 1])
        #expect(other == [0, 1, 1, 0])
    }

    @Test(arguments: [1, 9, 159, 160, 161, 500, 4_096, 10_000]) func everyChunkIsInTheColumnThatSaysSo(
        _ chunkCount: UInt32
    ) {
        var copies = ChunkCopies(chunkCount: chunkCount)
        var cells = [UInt16](repeating: 0, count: copies.columnCount)
        copies.change(from: ChunkSet(chunkCount: chunkCount), to: .full(chunkCount: chunkCount), cells: &cells)
        #expect(cells.map(Int.init) == (0..<copies.columnCount).map { copies.chunks(ofColumn: $0).count })
        #expect(cells.reduce(0) { $0 + Int($1) } == Int(chunkCount))
        #expect(copies.columnCount <= ChunkCopies.mostColumns)
    }

    @Test func aColumnHasTheCopiesOfItsRarestChunk() {
        var copies = ChunkCopies(chunkCount: 320)
        var cells = [UInt16](repeating: 0, count: copies.columnCount)
        var all = ChunkSet.full(chunkCount: 320)
        all.remove(7)
        copies.change(from: ChunkSet(chunkCount: 320), to: all, cells: &cells)
        #expect(copies.rarest == (0..<160).map { $0 == 3 ? 0 : 1 })
    }
}
