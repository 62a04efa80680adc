import Metainfo

/// The trees of BEP 52 a second time, straight from its words: all leaves are there, missing ones as zeros, and every
/// level is made from the one below.
enum SlowMerkle {
    static let blockSize = 16384

    static func blocks(_ bytes: some Collection<UInt8>) -> [[UInt8]] {
        var rest = Array(bytes)
        var leaves: [[UInt8]] = []
        while !rest.isEmpty {
            leaves.append(sha256(Array(rest.prefix(blockSize))))
            rest = Array(rest.dropFirst(blockSize))
        }
        return leaves
    }

    static func root(_ leaves: [[UInt8]], width: Int) -> [UInt8] {
        var level = leaves
        while level.count < width { level.append([UInt8](repeating: 0, count: 32)) }
        while level.count > 1 {
            level = (0..<level.count / 2).map { sha256(level[2 * $0] + level[2 * $0 + 1]) }
        }
        return level[0]
    }

    /// The root of a file's tree.
    static func pieceRoot(_ file: [UInt8]) -> [UInt8] {
        let leaves = blocks(file)
        return root(leaves, width: powerOfTwo(atLeast: leaves.count))
    }

    /// The hashes that stand for a file's chunks.
    static func chunkHashes(_ file: [UInt8], chunkSize: Int) -> [[UInt8]] {
        guard file.count > chunkSize else { return file.isEmpty ? [] : [pieceRoot(file)] }
        return stride(from: 0, to: file.count, by: chunkSize).map { start in
            root(blocks(file[start..<min(start + chunkSize, file.count)]), width: chunkSize / blockSize)
        }
    }

    static func powerOfTwo(atLeast count: Int) -> Int {
        var width = 1
        while width < count { width *= 2 }
        return width
    }

    static func sha256(_ bytes: [UInt8]) -> [UInt8] {
        bytes.withUnsafeBytes { Digest256(hashing: $0).bytes }
    }
}
