/// The chunk to pull: the first missing one, the next one of the next partner.
enum InOrder {
    /// - Parameter turn: how many partners were asked in this cycle before.
    /// - Returns: the missing chunk with `turn` smaller missing ones; nil where there are not so many.
    static func pick(from held: ChunkSet, turn: Int) -> ChunkID? {
        turn < Int(held.missingCount) ? held.missing(atRank: turn) : nil
    }
}
