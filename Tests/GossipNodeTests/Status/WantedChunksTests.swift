import GossipCore
import Metainfo
import Testing

@testable import GossipNode

/// What a node is to have, and how much of it is there.
@Suite struct WantedChunksTests {
    /// Chunks 0 and 1; 2; none; 3 and 4.
    private static let layout = try? ChunkLayout(fileLengths: [15, 3, 0, 20], chunkSize: 10)

    private static func set(_ chunks: ChunkID...) -> ChunkSet {
        var set = ChunkSet(chunkCount: 5)
        for chunk in chunks { set.insert(chunk) }
        return set
    }

    @Test func ofSomeFilesTheirChunksCount() throws {
        let wanted = WantedChunks([0, 2], of: try #require(Self.layout))
        #expect(wanted.count == 2 && wanted.byteCount == 15)
        #expect(wanted.unwanted(besides: Self.set()) == Self.set(2, 3, 4))
        #expect(wanted.unwanted(besides: Self.set(1, 3)) == Self.set(2, 4))
        #expect(wanted.share(of: Self.set(1, 3)) == (1, 5))
    }

    @Test func withoutAChoiceAllCount() throws {
        let wanted = WantedChunks(nil, of: try #require(Self.layout))
        #expect(wanted.count == 5 && wanted.byteCount == 38)
        #expect(wanted.unwanted(besides: Self.set()) == nil)
        #expect(wanted.share(of: Self.set(1, 3)) == (2, 15))
    }
}
