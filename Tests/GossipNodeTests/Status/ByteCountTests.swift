import GossipCore
import Metainfo
import Testing

@testable import GossipNode

/// The bytes of some of a torrent's chunks.
@Suite struct ByteCountTests {
    @Test(arguments: [[9], [8], [1], [0], [5, 0, 4, 9, 1], [0, 0, 12, 3]] as [[UInt64]])
    func theyAreTheSumOfTheChunks(lengths: [UInt64]) throws {
        let layout = try ChunkLayout(fileLengths: lengths, chunkSize: 4)
        var generator = RandomGenerator(seed: 3)
        for _ in 0..<50 {
            var set = ChunkSet(chunkCount: layout.chunkCount)
            for chunk in 0..<layout.chunkCount where generator.index(below: 2) == 0 { set.insert(chunk) }
            var sum: UInt64 = 0
            set.forEachMember { sum += UInt64(layout.size(of: $0)) }
            #expect(layout.byteCount(of: set) == sum)
        }
        #expect(layout.byteCount(of: .full(chunkCount: layout.chunkCount)) == layout.length)
    }
}
