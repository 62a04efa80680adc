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

    /// The places of all chunks, file by file, found by counting instead of halving.
    private func counted(_ lengths: [UInt64], _ chunkSize: UInt32) -> [ChunkPlace] {
        lengths.enumerated().flatMap { file, length in
            stride(from: 0, to: length, by: Int(chunkSize)).map { offset in
                ChunkPlace(file: file, offset: offset, size: Int(min(length - offset, UInt64(chunkSize))))
            }
        }
    }

    @Test(arguments: 0..<200 as Range<UInt64>)
    func everyFileBeginsAChunk(seed: UInt64) throws {
        var generator = SplitMix64(state: seed)
        let lengths = (0..<Int.random(in: 1...9, using: &generator)).map { _ in
            UInt64.random(in: 0...20, using: &generator) / 2 * UInt64.random(in: 0...1, using: &generator)
        }
        let chunkSize = UInt32.random(in: 1...7, using: &generator)
        let layout = try ChunkLayout(fileLengths: lengths, chunkSize: chunkSize)
        let places = counted(lengths, chunkSize)
        #expect((0..<layout.chunkCount).map(layout.place) == places, "seed \(seed)")
        #expect(layout.length == lengths.reduce(0, +))
        #expect(layout.fileCount == lengths.count)
        for (file, length) in lengths.enumerated() {
            #expect(layout.length(ofFile: file) == length)
            let chunks = layout.chunks(ofFile: file)
            #expect(chunks.allSatisfy { places[Int($0)].file == file })
            #expect(chunks.count == places.count { $0.file == file })
        }
    }

    @Test func refusesNoFilesAndTooManyBytesOrChunks() {
        #expect(throws: MetafileError(.malformed, "there is no file; a torrent has at least one")) {
            try ChunkLayout(fileLengths: [], chunkSize: 1)
        }
        #expect(throws: MetafileError.self) { try ChunkLayout(fileLengths: [.max, 1], chunkSize: .max) }
        #expect(throws: MetafileError.self) { try ChunkLayout(fileLengths: [1 << 31, 1 << 31], chunkSize: 1) }
        #expect(throws: MetafileError.self) { try ChunkLayout(fileLengths: [1, .max - 1], chunkSize: 1) }
    }
}
