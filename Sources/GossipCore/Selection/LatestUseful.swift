/// The chunk to pull from one partner: the last one of the file that helps.
///
/// Source: Bonald, Massoulié, Mathieu, Perino and Twigg, *Epidemic live streaming: optimal performance trade-offs*,
/// SIGMETRICS 2008, section 2.
enum LatestUseful {
    /// - Parameters:
    ///   - held: what this node holds or asked another partner for in this cycle; the rest is wanted.
    ///   - offered: what the partner holds.
    /// - Returns: the last wanted and offered chunk; nil where there is none.
    static func pick(excluding held: ChunkSet, offered: ChunkSet) -> ChunkID? {
        let helping = offered.subtracting(held)
        return helping.isEmpty ? nil : helping.member(atRank: Int(helping.count) - 1)
    }
}
