/// A node that downloads from this one.
struct Receiver: Equatable, Sendable {
    /// A chunk that it wants.
    struct Wish: Equatable, Sendable {
        let chunk: ChunkID
        /// The cycle in which it is to be sent, where cycles are kept apart.
        let cycle: Cycle
    }

    let id: ReceiverID
    /// What it told that it holds, and what was sent to it since.
    var holdings: KnownHoldings
    /// The cycle in which it opened the exchange last.
    var openedIn: Cycle
    /// How far it knows our holdings.
    var told: HoldingsVersion
    /// Whether it may want something: it did not pass the last grant.
    var isHungry = true
    /// Chunks that it may ask for.
    var granted = 0
    /// How often it opened the exchange since that was granted.
    var openingsSinceGrant = 0
    /// Whether it never answered its last grants: nobody waits for what is suggested to it until it answers one.
    var ignoresGrants = false
    /// What it wants, in the order in which it asked.
    var queue: [Wish] = []
    /// The first of them that a grant was for: they have their place on the uplink, the others wait for their turn.
    var entitled = 0
    /// The cycles of the chunks that its link has not taken in full, in their order.
    var outgoing: [Cycle] = []
    /// Whether its link has taken no chunk for a cycle, or a tenth of a second where that is longer: it no longer takes
    /// anyone's place on the uplink.
    var isStalled = false
    /// Ticks since it took a chunk of those that it is to take.
    var slowCycles = 0
    /// What was suggested to it with the last grant.
    var suggested: [ChunkID] = []

    /// Chunks that its link has not taken in full.
    var serving: Int { outgoing.count }

    /// Chunks that it takes up of the uplink, now or soon.
    var slots: Int { isStalled ? 0 : granted + entitled + serving }

    /// Whether it is likely to answer what was suggested to it.
    var isAwaited: Bool { !suggested.isEmpty && !isStalled && !ignoresGrants }

    /// Takes out what it wants no more, or what was sent.
    mutating func removeWish(at place: Int) -> Wish {
        if place < entitled { entitled -= 1 }
        return queue.remove(at: place)
    }

    /// Takes out what it wanted for cycles that are over.
    mutating func removeWishes(before cycle: Cycle) {
        entitled = queue.prefix(entitled).count { $0.cycle >= cycle }
        queue.removeAll { $0.cycle < cycle }
    }
}
