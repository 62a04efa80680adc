import GossipCore

/// Something that happened to a swarm: a row of `events.csv`.
package struct HistoryEntry: Equatable, Sendable {
    package enum Kind: String, CaseIterable, Sendable {
        /// What nodes say of themselves on the bus.
        case joined, completed, left, failed, stalled
        /// A node that was there before the record began.
        case seen
        /// The clock ticks, and a node that has not left reports nothing.
        case silent
        /// A silent node reports again.
        case back
        /// A node has fewer chunks than it had: it came back without its store.
        case lostChunks = "lost-chunks"
        /// No ticks come: the tracker, its bus or the way there is gone.
        case clockSilent = "clock-silent"
        case clockBack = "clock-back"
        /// How `gotorrent run` ended.
        case runCompleted = "run-completed"
        case runFailed = "run-failed"
        /// More happened than is recorded.
        case full
    }

    /// The cycle that the node told; of what nodes do not tell themselves, the clock's.
    package var cycle: Cycle
    /// From the beginning of the record, by the recorder's own clock.
    package var time: TimeSpan
    /// The node's name; `tracker` for the clock, empty for the run as a whole.
    package var node: String
    package var kind: Kind
    /// Why, or what is known beyond it; may be empty.
    package var detail = ""
    /// In hex; empty where it is not about one.
    package var torrent = ""
}
