import Crypto

/// The hash function of the Merkle trees of BEP 52: a leaf is the SHA-256 of a block, an inner node the SHA-256 of its
/// two children's hashes, and where a tree is wider than its blocks the missing leaves are 32 zero bytes.
enum MerkleHash {
    /// Bytes in a block, the last one of a file possibly fewer.
    static let blockSize = 16 << 10

    /// The roots of the trees of 1, 2, 4, … missing leaves. No file has more than 2^64 bytes, so 51 heights are enough
    /// for any block tree.
    private static let emptyRoots: [Digest256] = {
        var roots = [Digest256.zero]
        for _ in 0..<50 {
            roots.append(join(roots[roots.count - 1], roots[roots.count - 1]))
        }
        return roots
    }()

    /// The root of a tree without any block, whose leaves are `height` levels below it, up to 50.
    static func emptyRoot(height: Int) -> Digest256 {
        emptyRoots[height]
    }

    /// The node above two others.
    static func join(_ left: Digest256, _ right: Digest256) -> Digest256 {
        withUnsafeBytes(of: (left, right)) { Digest256(hashing: $0) }
    }

    /// How many levels a tree needs above `leafCount` leaves: the binary logarithm, rounded up.
    static func height(leafCount: UInt64) -> Int {
        leafCount <= 1 ? 0 : UInt64.bitWidth - (leafCount - 1).leadingZeroBitCount
    }

    /// The height of the tree over the blocks of `byteCount` bytes.
    static func blockHeight(byteCount: UInt64) -> Int {
        let (whole, rest) = byteCount.quotientAndRemainder(dividingBy: UInt64(blockSize))
        return height(leafCount: whole + (rest == 0 ? 0 : 1))
    }

    /// The root over the blocks of some bytes, which are hashed where they lie.
    ///
    /// - Parameter height: of the tree; it must have room for the blocks.
    static func root(of bytes: UnsafeRawBufferPointer, height: Int) -> Digest256 {
        var tree = MerkleAccumulator()
        var start = 0
        while start + 2 * blockSize <= bytes.count {
            let (first, second) = pair(at: start, of: bytes[...])
            tree.append(first)
            tree.append(second)
            start += 2 * blockSize
        }
        while start < bytes.count {
            let end = min(start + blockSize, bytes.count)
            tree.append(Digest256(hashing: UnsafeRawBufferPointer(rebasing: bytes[start..<end])))
            start = end
        }
        return tree.root(height: height)
    }

    /// The hashes of two whole blocks that follow one another.
    static func pair(at start: Int, of bytes: UnsafeRawBufferPointer.SubSequence) -> (Digest256, Digest256) {
        let middle = start + blockSize
        return Digest256.pair(
            hashing: UnsafeRawBufferPointer(rebasing: bytes[start..<middle]),
            UnsafeRawBufferPointer(rebasing: bytes[middle..<middle + blockSize]))
    }
}
