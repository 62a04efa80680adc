import GossipCore
import GossipWire
import Reporting

/// What is kept of one node beside its row of the board.
struct NodeTrack: Sendable {
    /// The newest that it reported, without the bitfield; nil before the first report.
    var report: ProgressReport?
    /// The chunks that it holds; nil where the bus does not tell.
    var held: ChunkSet?
    /// Of each column of the map, how many chunks it holds; empty where `held` is nil.
    var cells: [UInt16] = []
    /// Chunk bytes that came.
    var rate = RateMeter()
    /// Why it said that it is stalled; nil once a chunk came.
    var stall: String?
    /// Whether it joined since its report: the next one counts, whatever its cycle, and from zero.
    var isNew = false
    /// Whether it said that it left or failed, and nothing since.
    var isGone = false
}
