/// All nodes of the tree above the chunks of one file: what proofs are taken from.
///
/// Beyond the last chunk nothing is kept, since it is known: two hashes a chunk in all.
struct MerkleTree: Sendable {
    /// From the leaves to the root, each level without the nodes that have no chunk below them.
    private let levels: [[Digest256]]

    private let leafHeight: Int

    /// - Parameters:
    ///   - leaves: at least one.
    ///   - leafHeight: how far they are above the blocks of the file.
    init(leaves: [Digest256], leafHeight: Int) {
        precondition(!leaves.isEmpty, "a tree has a leaf")
        var levels = [leaves]
        while let below = levels.last, below.count > 1 {
            let missing = MerkleHash.emptyRoot(height: leafHeight + levels.count - 1)
            levels.append(
                stride(from: 0, to: below.count, by: 2).map { left in
                    MerkleHash.join(below[left], left + 1 < below.count ? below[left + 1] : missing)
                })
        }
        self.levels = levels
        self.leafHeight = leafHeight
    }

    var root: Digest256 { levels[levels.count - 1][0] }

    /// What the way from a leaf to the root is joined with, from the leaf's sibling upwards.
    func uncles(ofLeaf leaf: Int) -> [Digest256] {
        levels.dropLast().enumerated().map { height, level in
            let sibling = leaf >> height ^ 1
            return sibling < level.count ? level[sibling] : MerkleHash.emptyRoot(height: leafHeight + height)
        }
    }
}
