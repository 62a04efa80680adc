import Metainfo
import Testing

@Suite struct ChunkLayoutTests {
    @Test(
        arguments: [
            (0, 1, 0), (0, 1024, 0), (1, 1, 1), (9, 1, 9), (9, 2, 5), (9, 8, 2), (9, 9, 1), (9, 10, 1),
            (UInt64(UInt32.max), 1, .max), (.max, .max, nil), (UInt64(UInt32.max) + 1, 1, nil),
            (UInt64(UInt32.max) * UInt64(UInt32.max), .max, .max),
        ] as [(UInt64, UInt32, UInt32?)])
    func countsChunks(length: UInt64, chunkSize: UInt32, expected: UInt32?) throws {
        guard let expected else {
            #expect(throws: MetafileError.self) { try ChunkLayout(length: length, chunkSize: chunkSize) }
            return
        }
        #expect(try ChunkLayout(length: length, chunkSize: chunkSize).chunkCount == expected)
    }

    @Test func refusesWithAReason() {
        #expect(throws: MetafileError(.malformed, "the chunk size is 0; it must be at least 1")) {
            try ChunkLayout(length: 9, chunkSize: 0)
        }
        let tooMany = "4294967296 bytes in chunks of 1 are 4294967296 chunks; there can be 4294967295 at most"
        #expect(throws: MetafileError(.malformed, tooMany)) { try ChunkLayout(length: 1 << 32, chunkSize: 1) }
    }

    @Test(arguments: 1...11 as ClosedRange<UInt32>)
    func chunksCoverTheFileInOrder(chunkSize: UInt32) throws {
        let layout = try ChunkLayout(length: 10, chunkSize: chunkSize)
        var end: UInt64 = 0
        for chunkID in 0..<layout.chunkCount {
            let range = layout.range(of: chunkID)
            #expect(range.lowerBound == end)
            #expect(range.count == layout.size(of: chunkID))
            #expect(!range.isEmpty && range.count <= Int(chunkSize))
            end = range.upperBound
        }
        #expect(end == 10)
        #expect(!layout.contains(layout.chunkCount))
    }

    @Test func theLastChunkOfTheLargestFileIsFound() throws {
        let length = UInt64(UInt32.max) * UInt64(UInt32.max) - 1
        let layout = try ChunkLayout(length: length, chunkSize: .max)
        #expect(layout.range(of: .max - 1) == length - UInt64(UInt32.max) + 1..<length)
    }
}
