/// Nodes that want some of the torrent's chunks only.
///
/// "Complete" has two meanings then. Who holds every chunk of the torrent behaves as a seed: it says that it holds
/// everything, and gives each chunk away once before any twice. Who holds every chunk that it wants is done: it asks
/// for nothing, and serves what it has. Where all is wanted, which is all but always, the two are one.
extension PeerStateMachine {
    /// What the node does without; nil where it wants all.
    var unwanted: ChunkSet? { configuration.unwanted }

    /// Whether it holds every chunk of the torrent, with what came in this cycle.
    public var isComplete: Bool { Int(held.missingCount) == fresh.count }

    /// Whether it holds every chunk that it wants, with what came in this cycle.
    public var hasAllWanted: Bool { missingWantedCount == fresh.count }

    /// Whether it held every chunk that it wants when the cycle began.
    var wantsNothing: Bool { missingWantedCount == 0 }

    /// What is wanted and was not held when the cycle began. Nothing unwanted is ever held or fresh, so the numbers
    /// tell.
    private var missingWantedCount: Int { Int(held.missingCount) - Int(unwanted?.count ?? 0) }

    /// What the node does not ask for: what it held when the cycle began, and what it does without.
    var notAskedFor: ChunkSet {
        guard let unwanted else { return held }
        var chunks = held
        chunks.formUnion(unwanted)
        return chunks
    }

    func wants(_ chunk: ChunkID) -> Bool { unwanted?.contains(chunk) != true }
}
