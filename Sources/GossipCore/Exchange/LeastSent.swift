/// The chunks that a complete node has not given away yet: it gives every one away before it gives any a second time.
///
/// A seed that lets its receivers choose sends some chunks twice before others once, and the swarm waits for those. Source
/// of the idea: BEP 16, *superseeding*.
struct LeastSent: Equatable, Sendable {
    /// Neither sent nor promised to anyone.
    private var unsent: ChunkSet

    init(chunkCount: UInt32) {
        unsent = .full(chunkCount: chunkCount)
    }

    var isEmpty: Bool { unsent.isEmpty }

    /// Takes out up to `count` chunks, drawn uniformly from those that the receiver lacks.
    mutating func take(_ count: Int, lackedBy holdings: ChunkSet, using generator: inout RandomGenerator) -> [ChunkID] {
        guard !unsent.isEmpty, count > 0 else { return [] }
        var choice = unsent.subtracting(holdings)
        var taken: [ChunkID] = []
        while taken.count < count, !choice.isEmpty {
            let chunk = choice.member(atRank: generator.index(below: Int(choice.count)))
            choice.remove(chunk)
            unsent.remove(chunk)
            taken.append(chunk)
        }
        return taken
    }

    /// Notes that a chunk was given away.
    mutating func remove(_ chunk: ChunkID) {
        unsent.remove(chunk)
    }

    /// Notes that a chunk that was promised was not given away.
    mutating func insert(_ chunk: ChunkID) {
        unsent.insert(chunk)
    }
}
