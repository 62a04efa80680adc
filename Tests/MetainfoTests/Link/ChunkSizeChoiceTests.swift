import Metainfo
import Testing

/// Chunk sizes that nobody named.
@Suite struct ChunkSizeChoiceTests {
    @Test(
        arguments: [
            (0, 256 << 10), (1, 256 << 10), (512 << 20, 256 << 10), (512 << 20 + 1, 512 << 10), (1 << 30, 512 << 10),
            (1 << 30 + 1, 1 << 20), (4 << 30, 2 << 20), (10_000_000_000, 4 << 20), (1 << 50, 4 << 20),
            (UInt64.max, 4 << 20),
        ] as [(UInt64, UInt32)])
    func theSizeFollowsTheLength(length: UInt64, size: UInt32) {
        #expect(ChunkSizeChoice.chunkSize(forLength: length) == size)
    }

    @Test func chunksAreAFewHundredToTwoThousand() throws {
        for megabytes in stride(from: UInt64(64), through: 8_192, by: 37) {
            let length = megabytes << 20
            let layout = try ChunkLayout(length: length, chunkSize: ChunkSizeChoice.chunkSize(forLength: length))
            #expect((256...2_048).contains(layout.chunkCount), "\(megabytes) MiB are \(layout.chunkCount) chunks")
        }
    }
}
