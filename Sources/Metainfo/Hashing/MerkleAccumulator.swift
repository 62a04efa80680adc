/// Computes the root of a Merkle tree from its leaves one after the other, keeping one hash a level.
struct MerkleAccumulator {
    private var count: UInt64 = 0

    /// The roots of the full trees that the leaves so far make up, the largest first: one for each bit set in `count`.
    private var roots: [Digest256] = []

    /// What stands for a missing leaf: the root of this height over missing blocks.
    private let leafHeight: Int

    /// - Parameter leafHeight: how far the leaves are above the blocks: 0 for the hashes of blocks, more for the roots
    ///   of chunks.
    init(leafHeight: Int = 0) {
        self.leafHeight = leafHeight
        roots.reserveCapacity(16)
    }

    mutating func append(_ leaf: Digest256) {
        var node = leaf
        // As in adding one to a binary number: every full pair is joined, and carried.
        for _ in 0..<count.trailingOnes {
            node = MerkleHash.join(roots.removeLast(), node)
        }
        roots.append(node)
        count += 1
    }

    /// The root of the tree of `height` levels above the leaves, the missing ones filled in.
    ///
    /// - Precondition: the leaves are no more than 2^height.
    consuming func root(height: Int) -> Digest256 {
        precondition(count <= 1 << UInt64(height), "\(count) leaves in a tree of height \(height)")
        if count == 1 << UInt64(height) {
            return roots[0]
        }
        var node: Digest256?
        for level in 0..<height {
            if count >> UInt64(level) & 1 == 1 {
                node = MerkleHash.join(roots.removeLast(), node ?? MerkleHash.emptyRoot(height: leafHeight + level))
            } else if let unpaired = node {
                node = MerkleHash.join(unpaired, MerkleHash.emptyRoot(height: leafHeight + level))
            }
        }
        return node ?? MerkleHash.emptyRoot(height: leafHeight + height)
    }
}

extension UInt64 {
    fileprivate var trailingOnes: Int { (~self).trailingZeroBitCount }
}
