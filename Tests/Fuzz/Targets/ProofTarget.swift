import Metainfo

/// Hashes that come with chunks, or from a file that anyone may have written: whatever they are, none is believed that
/// does not lead to the root.
enum ProofTarget {
    /// A torrent of five chunks, of which the hashes are made up and the root is right.
    private struct Torrent {
        let info: TorrentInfo
        let hashes: [Digest256]
        let prover: ChunkProver

        init?() {
            let padding = [UInt8](repeating: 0, count: 32)
            var row = (0..<5).map { [UInt8](repeating: $0 + 1, count: 32) } + [padding, padding, padding]
            let hashes = row.prefix(5).compactMap { Digest256(bytes: $0) }
            while row.count > 1 {
                row = stride(from: 0, to: row.count, by: 2).map { left in
                    (row[left] + row[left + 1]).withUnsafeBytes { Digest256(hashing: $0).bytes }
                }
            }
            let dictionary =
                Array("d9:file treed1:fd0:d6:lengthi81920e11:pieces root32:".utf8) + row[0]
                + Array("eee12:meta versioni2e4:name1:f12:piece lengthi16384ee".utf8)
            guard let info = try? TorrentInfo(decoding: dictionary), let tracker = try? TrackerURI("tcp://[::1]:1"),
                let whole = try? Metafile(info, tracker: tracker).completed(with: ChunkHashes(hashes))
            else { return nil }
            (self.info, self.hashes, prover) = (info, hashes, ChunkProver(whole))
        }
    }

    private static let torrent = Torrent()

    static func run(_ input: inout FuzzInput) throws(FuzzFinding) -> Bool {
        guard let torrent else { throw FuzzFinding("the torrent of this target is none") }
        var known = KnownHashes(torrent.info)
        while !input.isAtEnd {
            let chunk = UInt32(input.below(6))
            switch input.below(4) {
            case 0: try take(chunk, &known, torrent, &input)
            case 1: restore(&known, torrent, &input)
            case 2:
                known.derive([chunk: Digest256(bytes: input.bytes(32)) ?? torrent.hashes[0]])
            default:
                guard let proof = ChunkProof(decoding: input.bytes(32 * input.below(5))),
                    let digest = Digest256(bytes: input.bytes(32))
                else { continue }
                _ = known.take(digest, chunk, proof)
            }
            try check(known, torrent)
        }
        return known.chunkHashes != nil
    }

    /// A right proof, of which a byte may be changed.
    private static func take(
        _ chunk: UInt32, _ known: inout KnownHashes, _ torrent: Torrent, _ input: inout FuzzInput
    ) throws(FuzzFinding) {
        guard let right = torrent.prover.proof(of: chunk) else { return }
        var bytes = right.encoded
        let (place, change) = (input.below(bytes.count), input.byte())
        bytes[place] ^= change
        guard let proof = ChunkProof(decoding: bytes) else { return }
        let isTaken = known.take(torrent.hashes[Int(chunk)], chunk, proof) != nil
        try require(isTaken == (change == 0), "a proof is taken where it is right, and nowhere else")
    }

    /// The right file of hashes, of which some bytes are changed, or the beginning is missing.
    private static func restore(_ known: inout KnownHashes, _ torrent: Torrent, _ input: inout FuzzInput) {
        var whole = KnownHashes(torrent.info)
        whole.derive(Dictionary(uniqueKeysWithValues: torrent.hashes.enumerated().map { (UInt32($0), $1) }))
        var file: [UInt8] = []
        whole.forEachPart { bytes, _ in file += bytes }
        for _ in 0..<input.below(4) { file[input.below(file.count)] = input.byte() }
        let length = input.bool() ? file.count : input.below(file.count)
        known.restore { buffer, offset in
            guard offset + UInt64(buffer.count) <= UInt64(length) else { return false }
            buffer.copyBytes(from: file[Int(offset)..<Int(offset) + buffer.count])
            return true
        }
    }

    private static func check(_ known: KnownHashes, _ torrent: Torrent) throws(FuzzFinding) {
        for chunk in UInt32(0)..<6 {
            guard let hash = known.hash(of: chunk) else { continue }
            try require(hash == torrent.hashes[Int(chunk)], "the hash of chunk \(chunk) is right where it is known")
            try require(
                known.proof(of: chunk) == torrent.prover.proof(of: chunk), "what is known can be proven: \(chunk)")
        }
        guard let all = known.chunkHashes else { return }
        try require(all == ChunkHashes(torrent.hashes), "all hashes are right where all are known")
    }
}
