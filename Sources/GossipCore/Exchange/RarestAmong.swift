/// The chunk to ask of a source: one that few of the other sources have.
///
/// Copies are counted for 64 chunks at once, in bit planes, and in a bounded part of the file: a choice costs the same
/// at a thousand chunks and at a million.
///
/// Source: Cohen, *Incentives build robustness in BitTorrent*, 2003, section 2.4.2.
enum RarestAmong {
    /// Words with a choice that are looked at: 64 of them show at least 64 chunks and up to 4,096.
    private static let wordLimit = 64

    /// - Parameters:
    ///   - claimed: what is here or on its way; the rest is wanted.
    ///   - offered: what the source holds.
    ///   - sources: what each source holds, this one among them or not. More than 15 copies count as 15.
    /// - Returns: a wanted and offered chunk with the fewest copies, ties drawn uniformly; nil where there is none.
    static func pick(
        excluding claimed: ChunkSet, offered: ChunkSet, sources: [ChunkSet], using generator: inout RandomGenerator
    ) -> ChunkID? {
        let words = offered.wordCount
        guard words > 0 else { return nil }
        let start = words > wordLimit ? generator.index(below: words) : 0
        var best = Best()
        var seen = 0
        for step in 0..<words {
            let index = start + step < words ? start + step : start + step - words
            let wanted = offered[word: index] & ~claimed[word: index]
            guard wanted != 0 else { continue }
            best.consider(wanted, copies: CopyPlanes(of: sources, word: index), word: index, using: &generator)
            seen += 1
            if seen == wordLimit { break }
        }
        return best.chunk
    }

    /// The rarest chunk so far; each of those that are as rare is equally likely to be it.
    private struct Best {
        var chunk: ChunkID?
        private var copies = Int.max
        private var ties = 0

        mutating func consider(
            _ wanted: UInt64, copies planes: CopyPlanes, word: Int, using generator: inout RandomGenerator
        ) {
            let (fewest, rarest) = planes.fewest(of: wanted)
            guard fewest <= copies else { return }
            let count = rarest.nonzeroBitCount
            ties = fewest < copies ? count : ties + count
            copies = fewest
            let drawn = generator.index(below: ties)
            if drawn < count { chunk = ChunkID(word * 64 + rarest.place(ofSetBit: drawn)) }
        }
    }

    /// How many sources hold each of 64 chunks: bit k of the number is in plane k.
    private struct CopyPlanes {
        private var ones: UInt64 = 0
        private var twos: UInt64 = 0
        private var fours: UInt64 = 0
        private var eights: UInt64 = 0

        init(of sources: [ChunkSet], word: Int) {
            for source in sources {
                // 15 stay 15.
                var carry = source[word: word] & ~(ones & twos & fours & eights)
                (ones, carry) = (ones ^ carry, ones & carry)
                (twos, carry) = (twos ^ carry, twos & carry)
                (fours, carry) = (fours ^ carry, fours & carry)
                eights ^= carry
            }
        }

        /// The smallest number among some of the chunks, and which of them have it.
        func fewest(of chunks: UInt64) -> (copies: Int, chunks: UInt64) {
            var rest = chunks
            var copies = 0
            for (value, plane) in [(8, eights), (4, fours), (2, twos), (1, ones)] {
                if rest & ~plane != 0 { rest &= ~plane } else { copies += value }
            }
            return (copies, rest)
        }
    }
}

extension UInt64 {
    /// The place, counted from the most significant bit, of the set bit with `rank` set bits before it.
    fileprivate func place(ofSetBit rank: Int) -> Int {
        var bits = self
        for _ in 0..<rank { bits &= ~((1 << 63) >> UInt64(bits.leadingZeroBitCount)) }
        return bits.leadingZeroBitCount
    }
}
