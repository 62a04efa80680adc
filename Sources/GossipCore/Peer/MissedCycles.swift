/// How many cycles in a row each troubled peer did not answer or could not be reached.
///
/// Peers without trouble have no entry, so the list is empty in a healthy swarm.
struct MissedCycles: Equatable, Sendable {
    private struct Entry: Equatable, Sendable {
        let peer: PeerID
        var count: Int
        var lastCycle: Cycle
    }

    private var entries: [Entry] = []

    /// Counts a cycle against a peer, at most once.
    /// - Returns: the cycles in a row so far.
    mutating func add(_ peer: PeerID, in cycle: Cycle) -> Int {
        guard let position = entries.firstIndex(where: { $0.peer == peer }) else {
            entries.append(Entry(peer: peer, count: 1, lastCycle: cycle))
            return 1
        }
        if entries[position].lastCycle != cycle {
            entries[position].count += 1
            entries[position].lastCycle = cycle
        }
        return entries[position].count
    }

    /// Forgets a peer's misses: it answered, or is gone.
    mutating func clear(_ peer: PeerID) {
        guard !entries.isEmpty else { return }
        entries.removeAll { $0.peer == peer }
    }
}
