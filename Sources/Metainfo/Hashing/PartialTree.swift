/// The tree above the chunks of one file as far as it is known: to begin with its root alone.
///
/// Two nodes below one become known together, and only below one that is known. So whoever knows a node knows all that
/// the way from it to the root is joined with, and no node is ever taken that does not lead to the root.
struct PartialTree: Sendable {
    /// Two nodes below one, the left one at an even index; beyond the file's end there is no right one.
    struct Pair: Equatable {
        let level: Int
        let index: Int
    }

    /// From the chunks' hashes up to what is below the root, each level without the nodes that have no chunk below them;
    /// zeros where a node is not known.
    private(set) var levels: [[Digest256]]
    private let root: Digest256
    private let leafHeight: Int
    private(set) var missingLeaves: Int

    /// - Parameters:
    ///   - leafCount: chunks of the file, at least two.
    ///   - leafHeight: how far their hashes are above the blocks of the file.
    init(root: Digest256, leafCount: Int, leafHeight: Int) {
        precondition(leafCount > 1, "the hash of a chunk that is a whole file is the root")
        self.root = root
        self.leafHeight = leafHeight
        missingLeaves = leafCount
        levels = (0..<MerkleHash.height(leafCount: UInt64(leafCount))).map { level in
            Array(repeating: .zero, count: (leafCount - 1) >> level + 1)
        }
    }

    private var height: Int { levels.count }

    /// A node; nil where it is not known. Beyond the file's end all are.
    func node(_ level: Int, _ index: Int) -> Digest256? {
        if level == height { return root }
        guard index < levels[level].count else { return MerkleHash.emptyRoot(height: leafHeight + level) }
        let node = levels[level][index]
        return node == .zero ? nil : node
    }

    /// What the way from a leaf to the root is joined with, from the leaf's sibling upwards; nil where the leaf is not
    /// known.
    func uncles(ofLeaf leaf: Int) -> [Digest256]? {
        guard node(0, leaf) != nil else { return nil }
        return (0..<height).map { level in
            guard let uncle = node(level, leaf >> level ^ 1) else { preconditionFailure("siblings are known together") }
            return uncle
        }
    }

    /// Takes a leaf with the hashes that lead to the root.
    /// - Returns: the pairs that are known now and were not before; nil where the hashes lead elsewhere.
    mutating func take(_ leaf: Digest256, index: Int, uncles: [Digest256]) -> [Pair]? {
        guard uncles.count == height else { return nil }
        var way = [leaf]
        while node(way.count - 1, index >> (way.count - 1)) == nil {
            let (level, last) = (way.count - 1, way[way.count - 1])
            let isLeft = index >> level & 1 == 0
            way.append(isLeft ? MerkleHash.join(last, uncles[level]) : MerkleHash.join(uncles[level], last))
        }
        let known = way.count - 1
        guard way[known] == node(known, index >> known),
            (known..<height).allSatisfy({ uncles[$0] == node($0, index >> $0 ^ 1) })
        else { return nil }
        for level in 0..<known {
            set(way[level], level, index >> level)
            set(uncles[level], level, index >> level ^ 1)
        }
        return (0..<known).map { Pair(level: $0, index: index >> $0 & ~1) }
    }

    private mutating func set(_ node: Digest256, _ level: Int, _ index: Int) {
        guard index < levels[level].count else { return }
        if level == 0, levels[0][index] == .zero { missingLeaves -= 1 }
        levels[level][index] = node
    }

    // MARK: From the chunks themselves

    /// Takes the hashes of chunks that came without proofs, wherever all below a known node are given and lead to it.
    mutating func derive(_ leaf: (Int) -> Digest256?) {
        derive(height, 0, leaf)
    }

    private mutating func derive(_ level: Int, _ index: Int, _ leaf: (Int) -> Digest256?) {
        guard level > 0, index << level < levels[0].count else { return }
        if node(level - 1, 2 * index) != nil {
            derive(level - 1, 2 * index, leaf)
            derive(level - 1, 2 * index + 1, leaf)
            return
        }
        var row: [Digest256] = []
        for position in index << level..<min((index + 1) << level, levels[0].count) {
            guard let hash = leaf(position) else { return }
            row.append(hash)
        }
        var rows: [[Digest256]] = []
        for below in 0..<level {
            rows.append(row)
            let missing = MerkleHash.emptyRoot(height: leafHeight + below)
            row = stride(from: 0, to: row.count, by: 2).map { left in
                MerkleHash.join(row[left], left + 1 < row.count ? row[left + 1] : missing)
            }
        }
        guard row[0] == node(level, index) else { return }
        for (below, row) in rows.enumerated() {
            for (offset, hash) in row.enumerated() { set(hash, below, index << (level - below) + offset) }
        }
    }

    // MARK: Keeping

    /// Hashes that are kept for the tree.
    var nodeCount: Int { levels.reduce(0) { $0 + $1.count } }

    /// Where a level begins among the kept hashes.
    func offset(ofLevel level: Int) -> Int { levels[..<level].reduce(0) { $0 + $1.count } }

    /// Reads what was kept, and takes of it what leads to the root: whoever wrote it need not be trusted.
    /// - Parameter read: fills a buffer from the hash at an offset on; false where it cannot.
    mutating func restore(_ read: (UnsafeMutableRawBufferPointer, _ offset: Int) -> Bool) {
        for level in levels.indices.reversed() {
            let start = offset(ofLevel: level)
            var row = levels[level]
            if !row.withUnsafeMutableBytes({ read($0, start) }) {
                row = Array(repeating: .zero, count: row.count)
            }
            levels[level] = row
            let missing = MerkleHash.emptyRoot(height: leafHeight + level)
            for left in stride(from: 0, to: row.count, by: 2) {
                let hasRight = left + 1 < row.count
                let isKept =
                    row[left] != .zero && (!hasRight || row[left + 1] != .zero)
                    && MerkleHash.join(row[left], hasRight ? row[left + 1] : missing) == node(level + 1, left / 2)
                if !isKept {
                    levels[level][left] = .zero
                    if hasRight { levels[level][left + 1] = .zero }
                }
            }
        }
        missingLeaves = levels[0].count { $0 == .zero }
    }
}
