/// A peer that this node downloads from, or did lately.
struct Source: Equatable, Sendable {
    /// A chunk that it was asked for and that is not here yet.
    struct Asked: Equatable, Sendable {
        let chunk: ChunkID
        let cycle: Cycle
        /// Whether nobody else is asked for it: not where its cycle is over and cycles are kept apart, nor where another
        /// was asked because this one is slow.
        var isClaimed = true
    }

    let peer: PeerID
    var holdings: KnownHoldings
    /// What it knows of our holdings.
    var told: HoldingsVersion?
    /// Whether it may be asked for more in this cycle.
    var isPartner = false
    /// Whether it waits for a word that something is wanted: a grant of it was passed.
    var wasPassed = false
    /// The cycle in which the exchange with it was opened last.
    var openedIn: Cycle = 0
    /// The cycle in which it was last heard.
    var heardIn: Cycle = 0
    var asked: [Asked] = []
    /// Whether it ever said what to ask it for: then it also knows when there is nothing that others do not get.
    var suggests = false
    var arrivals = ArrivalRate()
    /// How many cycles a chunk of it took lately, at most.
    var usualDelay: Cycle = 0

    init(peer: PeerID, chunkCount: UInt32) {
        self.peer = peer
        holdings = KnownHoldings(chunkCount: chunkCount)
    }

    mutating func noteCame(after delay: Cycle) {
        arrivals.noteCame()
        usualDelay = max(delay, usualDelay - (usualDelay > 0 ? 1 : 0))
    }

    /// Takes out what a reply belongs to, the oldest first; nil where it was not asked for.
    /// - Parameter cycle: where cycles are kept apart, that of the reply, which is the request's.
    mutating func removeAsked(_ chunk: ChunkID, in cycle: Cycle? = nil) -> Asked? {
        asked.firstIndex { $0.chunk == chunk && (cycle == nil || $0.cycle == cycle) }.map { asked.remove(at: $0) }
    }
}
