import Testing

@testable import Reporting

@Suite struct ChunkMapTests {
    @Test(
        arguments: [
            ("ff80", 9, 40, "█████████", "#########"),
            ("df00", 9, 9, "██·█████·", "##.#####."),
            ("DF00", 9, 9, "██·█████·", "##.#####."),
            ("ff00", 16, 8, "████····", "####...."),
            ("ff7f", 16, 4, "██▆█", "##=#"),
            ("8000", 16, 2, "▁·", ":."),
            ("fe00", 16, 2, "▇·", "+."),
            ("", 0, 40, "", ""),
            ("80", 1, 40, "█", "#"),
            ("00", 1, 40, "·", "."),
        ] as [(String, UInt32, Int, String, String)])
    func eachCellIsAChunkOrABucket(bits: String, chunks: UInt32, width: Int, blocks: String, ascii: String) {
        let map = ChunkMap(chunksHeld: 0, chunkCount: chunks, bitfield: bits)
        #expect(map.text(width: width, isUnicode: true) == blocks)
        #expect(map.text(width: width, isUnicode: false) == ascii)
    }

    @Test(
        arguments: [
            (0, "········", "........"), (1, "▏·······", "........"), (8, "█·······", "#......."),
            (13, "█▋······", "#......."), (63, "███████▉", "#######."), (64, "████████", "########"),
        ] as [(UInt32, String, String)])
    func withoutABitfieldItIsABar(held: UInt32, blocks: String, ascii: String) {
        for bitfield in [nil, "", "zz", "ff"] {
            let map = ChunkMap(chunksHeld: held, chunkCount: 64, bitfield: bitfield)
            #expect(map.text(width: 8, isUnicode: true) == blocks)
            #expect(map.text(width: 8, isUnicode: false) == ascii)
        }
    }

    @Test func theLargestTorrentHasABarToo() {
        let map = ChunkMap(chunksHeld: .max - 1, chunkCount: .max, bitfield: nil)
        #expect(map.text(width: 4, isUnicode: true) == "███▉")
    }
}
