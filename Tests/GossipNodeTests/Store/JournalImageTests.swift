import GossipCore
import Metainfo
import Testing

@testable import GossipNode

@Suite struct JournalImageTests {
    private static func image(_ chunks: [ChunkID], of count: UInt32) -> JournalImage {
        var proven = ChunkSet(chunkCount: count)
        for chunk in chunks { proven.insert(chunk) }
        let hash = Array("any torrent".utf8).withUnsafeBytes { InfoHash(Digest256(hashing: $0)) }
        return JournalImage(infoHash: hash, place: FileIdentity(device: 2, number: .max - 1), proven: proven)
    }

    @Test func whatIsWrittenIsRead() {
        let chunks: [UInt32: [ChunkID]] = [0: [], 1: [0], 2: [], 10: [0, 8, 9], 200: [3, 70, 199]]
        for (count, chunks) in chunks {
            let image = Self.image(chunks, of: count)
            #expect(JournalImage(image.encoded) == image)
        }
    }

    /// A crash may leave anything: only an image that is whole and unchanged counts.
    @Test func nothingElseIsTakenForOne() {
        let bytes = Self.image([1, 5], of: 20).encoded
        for count in 0..<bytes.count { #expect(JournalImage(Array(bytes.prefix(count))) == nil) }
        #expect(JournalImage(bytes + [0]) == nil)
        for place in bytes.indices {
            for bit in [UInt8(1), 128] {
                var changed = bytes
                changed[place] ^= bit
                #expect(JournalImage(changed) == nil)
            }
        }
    }
}
