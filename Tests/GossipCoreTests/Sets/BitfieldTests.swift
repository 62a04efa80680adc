import GossipCore
import Testing

@Suite struct BitfieldTests {
    private func read(_ bytes: [UInt8], _ chunkCount: UInt32) -> ChunkSet? {
        bytes.withUnsafeBytes { ChunkSet(bitfield: $0, chunkCount: chunkCount) }
    }

    @Test(arguments: [
        ("", []), ("x", [0x80]), (".......x", [0x01]), ("x......xx", [0x81, 0x80]), (".........", [0, 0]),
        ("xxxxxxxxx", [0xFF, 0x80]),
    ])
    func bitSevenOfByteZeroIsChunkZero(art: String, bytes: [UInt8]) {
        #expect(ChunkSet(art).bitfield == bytes)
        #expect(read(bytes, UInt32(art.utf8.count)) == ChunkSet(art))
    }

    @Test(arguments: ChunkSetTests.sizes)
    func roundTrip(size: UInt32) {
        var generator = RandomGenerator(seed: 3, stream: UInt64(size))
        for density in [0, 1, 5, 10] {
            var set = ChunkSet(chunkCount: size)
            for chunk in 0..<size where generator.index(below: 10) < density {
                set.insert(chunk)
            }
            let bytes = set.bitfield
            #expect(bytes.count == ChunkSet.bitfieldSize(chunkCount: size))
            let decoded = read(bytes, size)
            #expect(decoded == set && decoded?.count == set.count)
            #expect(read(bytes + [0], size) == nil)
            #expect(size == 0 || read(Array(bytes.dropLast()), size) == nil)
        }
    }

    @Test(arguments: ChunkSetTests.sizes.filter { $0 % 8 != 0 })
    func aSpareBitIsRefused(size: UInt32) {
        let empty = ChunkSet(chunkCount: size).bitfield
        for bit in 0..<(8 - size % 8) {
            var bytes = empty
            bytes[bytes.count - 1] = 1 << bit
            #expect(read(bytes, size) == nil)
        }
        var last = empty
        last[last.count - 1] = 1 << (8 - size % 8)
        #expect(read(last, size)?.members == [size - 1])
    }

    @Test func theSizeOfTheLargestFileDoesNotOverflow() {
        #expect(ChunkSet.bitfieldSize(chunkCount: .max) == 536_870_912)
    }
}
