/// How many cycles in a row each troubled peer did not answer or could not be reached.
///
/// Peers without trouble have no entry, so the list is empty in a healthy swarm.
struct MissedCycles: Equatable, Sendable {
    private struct Entry: Equatable, Sendable {
        let peer: PeerID
        var count: Int
        let firstCycle: Cycle
        var lastCycle: Cycle
    }

    private var entries: [Entry] = []

    /// Counts a cycle against a peer, at most once.
    /// - Returns: the cycles in a row so far, and how many have passed since the first of them.
    mutating func add(_ peer: PeerID, in cycle: Cycle) -> (count: Int, passed: Cycle) {
        guard let position = entries.firstIndex(where: { $0.peer == peer }) else {
            entries.append(Entry(peer: peer, count: 1, firstCycle: cycle, lastCycle: cycle))
            return (1, 0)
        }
        if entries[position].lastCycle != cycle {
            entries[position].count += 1
            entries[position].lastCycle = cycle
        }
        return (entries[position].count, cycle - min(cycle, entries[position].firstCycle))
    }

    /// Forgets a peer's misses: it answered, or is gone.
    mutating func clear(_ peer: PeerID) {
        guard !entries.isEmpty else { return }
        entries.removeAll { $0.peer == peer }
    }
}
