import Metainfo
import Testing

@Suite struct ChunkHasherTests {
    /// The definition: cut first, hash each piece.
    private func oneByOne(_ bytes: [UInt8], _ chunkSize: Int) -> ChunkHashes {
        ChunkHashes(
            stride(from: 0, to: bytes.count, by: chunkSize).map { start in
                bytes[start..<min(start + chunkSize, bytes.count)].withUnsafeBytes { Digest256(hashing: $0) }
            })
    }

    @Test(arguments: 0..<50 as Range<UInt64>)
    func portionsDoNotMatter(seed: UInt64) {
        var generator = SplitMix64(state: seed)
        let bytes = randomBytes(upTo: 300, using: &generator)
        let chunkSize = UInt32.random(in: 1...40, using: &generator)
        var hasher = ChunkHasher(chunkSize: chunkSize, chunkCount: 3)
        var rest = bytes[...]
        while !rest.isEmpty {
            let portion = rest.prefix(Int.random(in: 0...100, using: &generator))
            portion.withUnsafeBytes { hasher.update($0) }
            rest = rest.dropFirst(portion.count)
        }
        #expect(hasher.finalize() == oneByOne(bytes, Int(chunkSize)), "seed \(seed)")
    }

    @Test func nothingHasNoChunks() {
        #expect(ChunkHasher(chunkSize: 5).finalize().count == 0)
    }

    @Test func hashesAreFoundByChunk() {
        let hashes = Samples.hashes()
        #expect(hashes.count == 9)
        #expect(hashes[1] == hashes[3], "both are an O")
        #expect(hashes[0] != hashes[1])
        #expect(ChunkHashes(hashes.bytes.dropLast()) == nil)
        #expect(ChunkHashes(hashes.bytes.dropFirst(32))?[0] == hashes[1])
    }

    #if os(macOS) || os(Linux)
        @Test func askingForAHashThatIsNotThereStopsTheProcess() async {
            await #expect(processExitsWith: .failure) { _ = Samples.hashes()[9] }
        }
    #endif
}
