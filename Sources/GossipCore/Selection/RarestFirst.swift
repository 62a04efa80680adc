/// The chunk to pull from one partner: the one with the fewest copies.
///
/// Source: Cohen, *Incentives build robustness in BitTorrent*, 2003, section 2.4.2.
enum RarestFirst {
    /// - Parameters:
    ///   - held: what this node holds or was asked of another partner in this cycle; the rest is wanted.
    ///   - offered: what the partner holds.
    ///   - availability: copies over all digests.
    /// - Returns: the wanted and offered chunk with the fewest copies, ties drawn; nil where there is none.
    static func pick(
        excluding held: ChunkSet, offered: ChunkSet, availability: Availability,
        using generator: inout RandomGenerator
    ) -> ChunkID? {
        var rarest: [ChunkID] = []
        var fewest = UInt32.max
        held.forEachMissing(heldBy: offered) { chunk in
            let copies = availability[chunk]
            if copies < fewest {
                fewest = copies
                rarest.removeAll(keepingCapacity: true)
            }
            if copies == fewest { rarest.append(chunk) }
        }
        return rarest.isEmpty ? nil : rarest[generator.index(below: rarest.count)]
    }
}
