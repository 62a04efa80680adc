/// The draws of the classic experiment: uniform over what is held, uniform over what is missing.
enum ChunkDraw {
    /// A chunk to push; nil where nothing is held.
    static func held(in set: ChunkSet, using generator: inout RandomGenerator) -> ChunkID? {
        set.isEmpty ? nil : set.member(atRank: generator.index(below: Int(set.count)))
    }

    /// A chunk to pull; nil where nothing is missing.
    static func missing(from set: ChunkSet, using generator: inout RandomGenerator) -> ChunkID? {
        set.isComplete ? nil : set.missing(atRank: generator.index(below: Int(set.missingCount)))
    }
}
