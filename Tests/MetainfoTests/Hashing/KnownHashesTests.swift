import Metainfo
import Testing

/// What a node knows of the trees that began with the info dictionary alone.
@Suite struct KnownHashesTests {
    private static let chunkSize: UInt32 = 16384
    private static let files: [(path: String, length: Int)] = [
        ("a", 16384 * 5 + 1), ("b", 0), ("c", 16384), ("d/e", 3), ("f", 16384 * 2), ("g", 16384 * 8), ("h", 16385),
    ]

    private let metafile: Metafile
    private let prover: ChunkProver
    private let info: TorrentInfo

    init() throws {
        let folder = Fixtures.write(Self.files)
        metafile = try Metafile.describing(folder.path, chunkSize: Self.chunkSize, tracker: Samples.tracker())
        prover = ChunkProver(metafile)
        info = try TorrentInfo(decoding: Array(metafile.info.encoded))
    }

    private var chunks: Range<UInt32> { 0..<info.layout.chunkCount }

    private func take(_ chunkID: UInt32, into known: inout KnownHashes) throws -> [KnownHashes.Part]? {
        known.take(metafile.chunkHashes[chunkID], chunkID, try #require(prover.proof(of: chunkID)))
    }

    /// A file of the kept hashes, and what is written to it.
    private struct Keeper {
        var bytes: [UInt8]

        init(_ known: KnownHashes) { bytes = Array(repeating: 0, count: Int(known.byteCount)) }

        mutating func write(_ part: [UInt8], at offset: UInt64) {
            bytes.replaceSubrange(Int(offset)..<Int(offset) + part.count, with: part)
        }

        func read(_ buffer: UnsafeMutableRawBufferPointer, _ offset: UInt64) -> Bool {
            guard Int(offset) + buffer.count <= bytes.count else { return false }
            buffer.copyBytes(from: bytes[Int(offset)...].prefix(buffer.count))
            return true
        }
    }

    @Test func theInfoTellsTheHashesOfFilesOfOneChunk() {
        let known = KnownHashes(info)
        #expect(chunks.filter { known.hash(of: $0) != nil } == [6, 7])
        #expect(known.hash(of: 6) == metafile.chunkHashes[6] && known.hash(of: 7) == metafile.chunkHashes[7])
        #expect(known.proof(of: 6)?.uncles == [] && known.proof(of: 0) == nil)
        #expect(known.hash(of: chunks.upperBound) == nil && known.proof(of: chunks.upperBound) == nil)
        #expect(known.chunkHashes == nil)
        // 6 + 3 + 2, 2, 8 + 4 + 2 and 2 hashes.
        #expect(known.byteCount == 32 * (11 + 2 + 14 + 2))
        #expect(info.layerByteCount == 32 * (6 + 2 + 8 + 2))
    }

    /// In many orders: each chunk that was taken can be proven to others, exactly as one who knows all would, and in the
    /// end all is known.
    @Test(arguments: 0..<20 as Range<UInt64>)
    func whoTookAChunkCanProveIt(seed: UInt64) throws {
        var generator = SplitMix64(state: seed)
        var known = KnownHashes(info)
        var keeper = Keeper(known)
        var keptBytes = 0
        var taken: Set<UInt32> = [6, 7]
        for chunkID in chunks.shuffled(using: &generator) {
            let parts = try #require(try take(chunkID, into: &known))
            for part in parts {
                keeper.write(part.bytes, at: part.offset)
                keptBytes += part.bytes.count
            }
            taken.insert(chunkID)
            #expect(try #require(try take(chunkID, into: &known)).isEmpty, "nothing is new the second time")
            for other in taken {
                #expect(known.proof(of: other) == prover.proof(of: other))
                #expect(known.hash(of: other) == metafile.chunkHashes[other])
            }
            // What is not known cannot be proven either.
            for other in chunks { #expect((known.hash(of: other) == nil) == (known.proof(of: other) == nil)) }
            var restored = KnownHashes(info)
            restored.restore { keeper.read($0, $1) }
            for other in chunks { #expect(restored.hash(of: other) == known.hash(of: other)) }
        }
        #expect(known.chunkHashes == metafile.chunkHashes)
        #expect(keptBytes == Int(known.byteCount), "each hash is written once")
        var whole = Keeper(known)
        known.forEachPart { bytes, offset in whole.write(Array(bytes), at: offset) }
        #expect(whole.bytes == keeper.bytes)
    }

    @Test func nothingWrongIsTaken() throws {
        var known = KnownHashes(info)
        for chunkID in chunks {
            let proof = try #require(prover.proof(of: chunkID)).encoded
            let digest = metafile.chunkHashes[chunkID]
            let before = chunks.map(known.hash)
            func isTaken(_ digest: Digest256, _ chunkID: UInt32, _ proof: [UInt8]) -> Bool {
                guard let proof = ChunkProof(decoding: proof) else { return false }
                return known.take(digest, chunkID, proof) != nil
            }
            let other = metafile.chunkHashes[(chunkID + 1) % chunks.upperBound]
            #expect(!isTaken(other, chunkID, proof))
            #expect(!isTaken(digest, chunks.upperBound, proof))
            #expect(!isTaken(digest, chunkID, proof + Array(repeating: 0, count: 32)))
            if !proof.isEmpty { #expect(!isTaken(digest, chunkID, Array(proof.dropLast(32)))) }
            for index in proof.indices where index % 31 == 0 {
                var wrong = proof
                wrong[index] ^= 1
                #expect(!isTaken(digest, chunkID, wrong), "chunk \(chunkID), byte \(index)")
            }
            #expect(chunks.map(known.hash) == before)
            #expect(isTaken(digest, chunkID, proof))
        }
    }

    /// Once part of a proof is known, the rest of a wrong one is not taken on trust either.
    @Test func aWrongHashAboveTheKnownOnesIsNoticed() throws {
        var known = KnownHashes(info)
        _ = try take(0, into: &known)
        for index in [0, 32, 64] {
            var wrong = try #require(prover.proof(of: 1)).encoded
            wrong[index] ^= 1
            #expect(known.take(metafile.chunkHashes[1], 1, try #require(ChunkProof(decoding: wrong))) == nil)
        }
    }

    /// Whatever becomes of the kept hashes, none is believed that does not lead to the root.
    @Test func damageToWhatIsKeptIsNoticed() throws {
        var known = KnownHashes(info)
        for chunkID in chunks { _ = try take(chunkID, into: &known) }
        var keeper = Keeper(known)
        known.forEachPart { bytes, offset in keeper.write(Array(bytes), at: offset) }
        for index in keeper.bytes.indices where index % 13 == 0 {
            var damaged = keeper
            damaged.bytes[index] ^= 64
            var restored = KnownHashes(info)
            restored.restore { damaged.read($0, $1) }
            for chunkID in chunks {
                let hash = restored.hash(of: chunkID)
                #expect(hash == nil || hash == metafile.chunkHashes[chunkID], "byte \(index)")
            }
            #expect(chunks.contains { restored.hash(of: $0) == nil }, "byte \(index)")
        }
        for length in [0, 31, 32, 64, 352, keeper.bytes.count - 1] {
            var short = keeper
            short.bytes = Array(short.bytes.prefix(length))
            var restored = KnownHashes(info)
            restored.restore { short.read($0, $1) }
            for chunkID in chunks {
                let hash = restored.hash(of: chunkID)
                #expect(hash == nil || hash == metafile.chunkHashes[chunkID])
            }
            #expect(restored.chunkHashes == nil)
        }
    }

    /// A file that is there whole tells its hashes; one that lacks a chunk, or has a wrong one, those of which the tree
    /// above is known.
    @Test func hashesAreDerivedWhereTheyMakeUpWhatIsKnown() throws {
        var all: [UInt32: Digest256] = [:]
        for chunkID in chunks { all[chunkID] = metafile.chunkHashes[chunkID] }
        var known = KnownHashes(info)
        known.derive(all)
        #expect(known.chunkHashes == metafile.chunkHashes)
        for chunkID in chunks { #expect(known.proof(of: chunkID) == prover.proof(of: chunkID)) }

        for wrong in [metafile.chunkHashes[3], nil] {
            var some = all
            // Of the file of eight chunks the third, and of the one of six the first.
            some[12] = wrong
            some[0] = wrong
            known = KnownHashes(info)
            known.derive(some)
            #expect(chunks.filter { known.hash(of: $0) != nil } == [6, 7, 8, 9, 18, 19])
            // The proof of chunk 17 tells the root above 10...13 and that above 14 and 15.
            _ = try take(17, into: &known)
            known.derive(some)
            #expect(chunks.filter { known.hash(of: $0) != nil } == [6, 7, 8, 9, 14, 15, 16, 17, 18, 19])
            #expect(known.hash(of: 14) == metafile.chunkHashes[14])
        }
    }

    @Test func inOurOwnKindAllIsKnown() throws {
        let metafile = try Samples.gotorrent()
        var known = KnownHashes(try TorrentInfo(decoding: Array(metafile.info.encoded)))
        #expect(known.chunkHashes == metafile.chunkHashes && known.byteCount == 0)
        let empty = try #require(known.proof(of: 3))
        #expect(empty.uncles.isEmpty)
        #expect(known.take(metafile.chunkHashes[3], 3, empty) == [])
        #expect(known.take(metafile.chunkHashes[4], 3, empty) == nil)
    }
}
