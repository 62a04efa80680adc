import Metainfo
import Testing

@Suite struct ChunkProofTests {
    private static let files: [(path: String, length: Int)] = [
        ("a", 16384 * 5 + 1), ("b", 0), ("c", 16384), ("d/e", 3), ("f", 16384 * 2), ("g", 16384 * 8), ("h", 16385),
    ]

    private func metafile() throws -> Metafile {
        let folder = Fixtures.write(Self.files)
        return try Metafile.describing(folder.path, chunkSize: 16384, tracker: Samples.tracker())
    }

    private func chunk(_ chunkID: UInt32, of layout: ChunkLayout) -> [UInt8] {
        let place = layout.place(of: chunkID)
        let (path, length) = Self.files[place.file]
        return Array(Fixtures.content(path, length: length)[Int(place.offset)...].prefix(place.size))
    }

    /// With nothing but the info dictionary's bytes, as a stranger sends them.
    @Test func everyChunkIsProvenToWhoKnowsTheInfoAlone() throws {
        let metafile = try metafile()
        let info = try TorrentInfo(decoding: Array(metafile.info.encoded))
        #expect(info.infoHash == metafile.infoHash)
        #expect(info.files == metafile.files)
        let prover = ChunkProver(metafile)
        var counts: [Int] = []
        for chunkID in 0..<info.layout.chunkCount {
            let proof = try #require(prover.proof(of: chunkID))
            let read = try #require(ChunkProof(decoding: proof.encoded))
            #expect(read == proof)
            #expect(proof.uncles.count == info.proofVerifier.proofCount(of: chunkID))
            counts.append(proof.uncles.count)
            let bytes = chunk(chunkID, of: info.layout)
            #expect(bytes.withUnsafeBytes { info.proofVerifier.matches($0, chunkID: chunkID, proof: read) })
        }
        #expect(counts == [3, 3, 3, 3, 3, 3, 0, 0, 1, 1, 3, 3, 3, 3, 3, 3, 3, 3, 1, 1])
        #expect(prover.proof(of: info.layout.chunkCount) == nil)
    }

    @Test func nothingElseIsProven() throws {
        let metafile = try metafile()
        let verifier = metafile.info.proofVerifier
        let prover = ChunkProver(metafile)
        let count = metafile.layout.chunkCount
        for chunkID in 0..<count {
            let bytes = chunk(chunkID, of: metafile.layout)
            let proof = try #require(prover.proof(of: chunkID))
            func isProven(_ bytes: [UInt8], _ chunkID: UInt32, _ proof: [UInt8]) -> Bool {
                guard let proof = ChunkProof(decoding: proof) else { return false }
                return bytes.withUnsafeBytes { verifier.matches($0, chunkID: chunkID, proof: proof) }
            }
            var wrong = bytes
            wrong[wrong.count / 2] ^= 1
            #expect(!isProven(wrong, chunkID, proof.encoded))
            #expect(!isProven(bytes.dropLast(), chunkID, proof.encoded))
            #expect(!isProven(bytes, count, proof.encoded))
            #expect(!isProven(bytes, chunkID, proof.encoded + [UInt8](repeating: 0, count: 32)))
            #expect(!isProven(bytes, (chunkID + 1) % count, proof.encoded), "chunk \(chunkID)")
            for index in proof.encoded.indices where index % 31 == 0 {
                var mutated = proof.encoded
                mutated[index] ^= 128
                #expect(!isProven(bytes, chunkID, mutated), "chunk \(chunkID), byte \(index)")
            }
            if proof.uncles.count > 0 {
                #expect(!isProven(bytes, chunkID, Array(proof.encoded.dropLast(32))))
            }
        }
    }

    @Test func inOurOwnKindTheInfoHasTheHashes() throws {
        let metafile = try Samples.gotorrent()
        let info = try TorrentInfo(decoding: Array(metafile.info.encoded))
        let empty = try #require(ChunkProver(metafile).proof(of: 0))
        #expect(empty.encoded.isEmpty)
        #expect(Array("G".utf8).withUnsafeBytes { info.proofVerifier.matches($0, chunkID: 0, proof: empty) })
        #expect(!Array("G".utf8).withUnsafeBytes { info.proofVerifier.matches($0, chunkID: 1, proof: empty) })
    }

    @Test(arguments: [1, 31, 33, 33 * 32])
    func refusesBytesThatAreNoProof(count: Int) {
        #expect(ChunkProof(decoding: [UInt8](repeating: 1, count: count)) == nil)
    }

    /// Trees of every width, against levels that are written out in full.
    @Test(arguments: 2...19)
    func proofsLeadToTheRootOfTheSlowTree(chunkCount: Int) throws {
        let bytes = Fixtures.content("w", length: (chunkCount - 1) * 16384 + 5)
        let file = TemporaryFile(bytes)
        let metafile = try Metafile.describing(file.path, chunkSize: 16384, tracker: Samples.tracker())
        let root = SlowMerkle.pieceRoot(bytes)
        for chunkID in 0..<metafile.layout.chunkCount {
            var node = metafile.chunkHashes[chunkID].bytes
            for (height, uncle) in try #require(ChunkProver(metafile).proof(of: chunkID)).uncles.enumerated() {
                let isLeft = chunkID >> UInt32(height) & 1 == 0
                node = SlowMerkle.sha256(isLeft ? node + uncle.bytes : uncle.bytes + node)
            }
            #expect(node == root, "chunk \(chunkID) of \(chunkCount)")
        }
    }
}
