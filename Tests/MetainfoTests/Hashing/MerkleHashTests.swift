import Metainfo
import Testing

/// The hashes of BEP 52, against a slow version of them.
@Suite struct MerkleHashTests {
    private func hashes(_ bytes: [UInt8], _ chunkSize: Int) throws -> Metafile {
        let file = TemporaryFile(bytes)
        return try Metafile.describing(file.path, chunkSize: UInt32(chunkSize), tracker: Samples.tracker())
    }

    /// Lengths at and around the borders of blocks and chunks.
    @Test(arguments: [
        1, 16383, 16384, 16385, 32767, 32768, 32769, 65535, 65536, 65537, 98304, 131072, 131073, 180225, 300_000,
    ])
    func hashesAreThoseOfTheSlowTree(length: Int) throws {
        let bytes = Fixtures.content("x", length: length)
        for chunkSize in [16384, 32768, 65536, 131072] {
            let metafile = try hashes(bytes, chunkSize)
            let expected = SlowMerkle.chunkHashes(bytes, chunkSize: chunkSize)
            #expect(metafile.chunkHashes.bytes.elementsEqual(expected.joined()), "\(length) in \(chunkSize)")
            guard case .dictionary(let root) = try BencodeDecoder(metafile.encoded).decode(),
                case .dictionary(let info)? = root["info"], case .dictionary(let tree)? = info["file tree"],
                case .dictionary(let file)? = tree[metafile.name], case .dictionary(let entry)? = file[""]
            else {
                Issue.record("there is a file tree")
                return
            }
            #expect(entry["pieces root"] == .bytes(SlowMerkle.pieceRoot(bytes)), "\(length) in \(chunkSize)")
        }
    }

    @Test(arguments: 0..<40 as Range<UInt64>)
    func theVerifierTakesTheRightChunksAlone(seed: UInt64) throws {
        var generator = SplitMix64(state: seed)
        let length = Int.random(in: 1...250_000, using: &generator)
        let chunkSize = 16384 << Int.random(in: 0...2, using: &generator)
        var bytes = Fixtures.content("seed \(seed)", length: length)
        let verifier = try hashes(bytes, chunkSize).verifier
        let flipped = Int.random(in: bytes.indices, using: &generator)
        for isFlipped in [false, true] {
            if isFlipped { bytes[flipped] ^= 1 << UInt8.random(in: 0...7, using: &generator) }
            for chunk in 0..<verifier.layout.chunkCount {
                let start = Int(chunk) * chunkSize
                let part = bytes[start..<min(start + chunkSize, length)]
                let isRight = !isFlipped || !part.indices.contains(flipped)
                #expect(part.withUnsafeBytes { verifier.matches($0, chunkID: chunk) } == isRight, "seed \(seed)")
                #expect(!part.dropLast().withUnsafeBytes { verifier.matches($0, chunkID: chunk) })
                #expect(!(part + [0]).withUnsafeBytes { verifier.matches($0, chunkID: chunk) })
            }
        }
    }

    @Test func severalThreadsVerifyAtOnce() async throws {
        let bytes = Fixtures.content("x", length: 500_000)
        let verifier = try hashes(bytes, 32768).verifier
        let counts = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    (0..<verifier.layout.chunkCount).count { chunk in
                        let start = Int(chunk) * 32768
                        return bytes[start..<min(start + 32768, bytes.count)].withUnsafeBytes {
                            verifier.matches($0, chunkID: chunk)
                        }
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(counts == [16, 16, 16, 16])
    }

    @Test(
        arguments: [
            (16383, false), (16384, true), (16385, false), (32768, true), (49152, false), (64 << 20, true),
            (128 << 20, false), (1, false), (0, false),
        ] as [(UInt32, Bool)])
    func standardChunkSizesArePowersOfTwo(chunkSize: UInt32, isStandard: Bool) {
        #expect(ChunkHashing.isStandard(chunkSize) == isStandard)
    }
}
