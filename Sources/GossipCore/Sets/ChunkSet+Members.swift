extension ChunkSet {
    /// The member with `rank` smaller ones.
    /// - Parameter rank: below `count`.
    public func member(atRank rank: Int) -> ChunkID {
        chunk(atRank: rank) { self[word: $0] }
    }

    /// The chunk that is not in the set and has `rank` smaller ones that are not.
    /// - Parameter rank: below `missingCount`.
    public func missing(atRank rank: Int) -> ChunkID {
        chunk(atRank: rank) { ~self[word: $0] & validBits(ofWord: $0) }
    }

    public var missingCount: UInt32 { chunkCount - count }

    /// Calls `body` with each member, lowest first.
    public func forEachMember(_ body: (ChunkID) -> Void) {
        for index in 0..<wordCount {
            Self.forEachBit(of: self[word: index], wordIndex: index, body)
        }
    }

    /// Calls `body` with each chunk that `other` holds and this set does not, lowest first.
    public func forEachMissing(heldBy other: ChunkSet, _ body: (ChunkID) -> Void) {
        precondition(other.chunkCount == chunkCount, "sets of different files are not compared")
        for index in 0..<wordCount {
            Self.forEachBit(of: ~self[word: index] & other[word: index], wordIndex: index, body)
        }
    }

    /// Adds the members of `other`, a set of the same file.
    public mutating func formUnion(_ other: ChunkSet) {
        precondition(other.chunkCount == chunkCount, "sets of different files are not joined")
        for index in 0..<wordCount {
            self[word: index] |= other[word: index]
        }
        recount()
    }

    /// The members that are not in `other`, a set of the same file.
    public func subtracting(_ other: ChunkSet) -> ChunkSet {
        precondition(other.chunkCount == chunkCount, "sets of different files are not compared")
        var rest = self
        for index in 0..<wordCount {
            rest[word: index] &= ~other[word: index]
        }
        rest.recount()
        return rest
    }

    /// The members that are in `other` too, a set of the same file.
    public func intersection(_ other: ChunkSet) -> ChunkSet {
        precondition(other.chunkCount == chunkCount, "sets of different files are not compared")
        var common = self
        for index in 0..<wordCount {
            common[word: index] &= other[word: index]
        }
        common.recount()
        return common
    }

    /// Whether every member is in `other`, a set of the same file.
    public func isSubset(of other: ChunkSet) -> Bool {
        precondition(other.chunkCount == chunkCount, "sets of different files are not compared")
        return (0..<wordCount).allSatisfy { self[word: $0] & ~other[word: $0] == 0 }
    }

    private func chunk(atRank rank: Int, in word: (Int) -> UInt64) -> ChunkID {
        var rest = rank
        for index in 0..<wordCount {
            var bits = word(index)
            let here = bits.nonzeroBitCount
            if rest < here {
                for _ in 0..<rest { bits &= ~Self.highestBit(of: bits) }
                return ChunkID(index * 64 + bits.leadingZeroBitCount)
            }
            rest -= here
        }
        preconditionFailure("rank \(rank) is beyond the set")
    }

    private static func forEachBit(of word: UInt64, wordIndex: Int, _ body: (ChunkID) -> Void) {
        var bits = word
        while bits != 0 {
            body(ChunkID(wordIndex * 64 + bits.leadingZeroBitCount))
            bits &= ~highestBit(of: bits)
        }
    }

    private static func highestBit(of bits: UInt64) -> UInt64 {
        (1 << 63) >> UInt64(bits.leadingZeroBitCount)
    }
}
