/// How a node chooses the missing chunk that it pulls.
public enum ChunkSelection: String, CaseIterable, Sendable {
    /// Drawn anew for each partner, uniformly from the missing ones, whatever the partner holds.
    case random
    /// The missing chunk with the fewest copies in the peer set, by digests asked for at the tick.
    case rarestFirst = "rarest-first"
    /// Drawn uniformly from those that the partner holds and this node misses.
    case useful
    /// Of those that the partner holds and this node misses, the last one of the file: what a live stream wants first.
    case latestUseful = "latest-useful"
    /// The first missing chunk of the file, the next one of the next partner, whatever they hold: what a player wants.
    case inOrder = "in-order"
    /// No chunk by itself: random linear combinations of chunks, pushed and pulled until they can be decoded.
    case coded

    /// Those that move chunks as they are.
    package static let ofWholeChunks: [ChunkSelection] = [.random, .rarestFirst, .useful, .latestUseful, .inOrder]

    /// The chunks that a file may have.
    package var chunkLimit: UInt32 {
        switch self {
        case .coded: 255
        case .random, .rarestFirst, .useful, .latestUseful, .inOrder: .max
        }
    }

    /// What is wrong with a file of so many chunks, and what would be right; nil where it can be copied.
    package func fault(chunkCount: UInt32) -> String? {
        guard chunkCount > chunkLimit else { return nil }
        return "the selection \(rawValue) takes files of at most \(chunkLimit) chunks, and this one has \(chunkCount); "
            + "take larger chunks or another selection"
    }

    /// Whom a node must ask for digests before it can choose.
    package enum DigestNeed: Equatable, Sendable {
        case nobody
        case partners
        case peerSet
    }

    package var digestNeed: DigestNeed {
        switch self {
        case .random, .inOrder, .coded: .nobody
        case .useful, .latestUseful: .partners
        case .rarestFirst: .peerSet
        }
    }
}
