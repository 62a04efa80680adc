/// The pulls that were asked and not answered yet.
///
/// A reply counts only where it matches one, so that a peer cannot fill our counters with answers to nothing.
struct PendingPulls: Equatable, Sendable {
    private struct Pull: Equatable, Sendable {
        let peer: PeerID
        let chunk: ChunkID
        let cycle: Cycle
    }

    /// Cycles after which an answer is no longer waited for.
    private static let patienceCycles: Cycle = 8

    private var pulls = InlineFirstList<Pull>()

    mutating func add(_ chunk: ChunkID, of peer: PeerID, in cycle: Cycle) {
        pulls.append(Pull(peer: peer, chunk: chunk, cycle: cycle))
    }

    func isWaiting(_ chunk: ChunkID, of peer: PeerID, in cycle: Cycle) -> Bool {
        let pull = Pull(peer: peer, chunk: chunk, cycle: cycle)
        return pulls.contains(pull)
    }

    /// Takes out the pull that a reply or a failure belongs to; false where there is none.
    mutating func remove(_ chunk: ChunkID, of peer: PeerID, in cycle: Cycle) -> Bool {
        let pull = Pull(peer: peer, chunk: chunk, cycle: cycle)
        return pulls.remove { $0 == pull } != nil
    }

    /// The peers that owe an answer of this very cycle, each once, in the order in which they were asked.
    func peersOwing(in cycle: Cycle) -> [PeerID] {
        var peers: [PeerID] = []
        for pull in pulls where pull.cycle == cycle && !peers.contains(pull.peer) {
            peers.append(pull.peer)
        }
        return peers
    }

    /// Gives up the pulls that are too old at the start of `cycle`, and those of a clock that began anew.
    /// - Returns: how many there were.
    mutating func removeExpired(at cycle: Cycle) -> Int {
        pulls.removeAll { $0.cycle >= cycle || cycle - $0.cycle > Self.patienceCycles }
    }
}
