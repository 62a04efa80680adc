/// The chunk to pull from one partner: any that helps.
///
/// Source: Sanghavi, Hajek and Massoulié, *Gossiping with multiple messages*, IEEE Trans. Inf. Theory 53 (2007).
enum Useful {
    /// - Parameters:
    ///   - held: what this node holds or asked another partner for in this cycle; the rest is wanted.
    ///   - offered: what the partner holds.
    /// - Returns: a wanted and offered chunk, drawn uniformly; nil where there is none.
    static func pick(
        excluding held: ChunkSet, offered: ChunkSet, using generator: inout RandomGenerator
    ) -> ChunkID? {
        ChunkDraw.held(in: offered.subtracting(held), using: &generator)
    }
}
