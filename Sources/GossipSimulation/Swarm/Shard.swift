import GossipCore

/// A part of a simulated swarm that one core works on at a time.
///
/// A cycle's work is split by shards, and what a shard does depends on nothing that another does in the same round: it
/// reads what the others sent in the round before, shard by shard in their order. So the number of cores that work on
/// the shards cannot change what comes out.
///
/// Sendable though it has mutable state: in a round each shard is worked on by one core, others only read its
/// `delivered`, which nobody writes then; between rounds, a barrier, one core touches them all.
final class Shard: @unchecked Sendable {
    var state: ShardState
    /// What was sent in the round before.
    private(set) var delivered = Outbox()
    /// What was sent in this round, once the shard has done its part.
    private var next = Outbox()

    init(_ state: ShardState) {
        self.state = state
    }

    /// This shard's part of a cycle's first round.
    func startCycle(_ cycle: Cycle) {
        state.startCycle(cycle)
        state.empty(into: &next)
    }

    /// This shard's part of a shuffle outside the cycles.
    func shuffle() {
        state.shuffle()
        state.empty(into: &next)
    }

    /// This shard's part of a round: what all shards sent to it, the number `own`.
    func receive(from shards: [Shard], own: Int) {
        // A swarm of one shard stays in the cache anyhow.
        if shards.count > 1 { state.warmCache() }
        for shard in shards {
            let messages = shard.delivered.messages(to: own)
            if !messages.isEmpty { state.receive(messages) }
        }
        state.empty(into: &next)
    }

    /// Makes what was sent in this round what is delivered in the next.
    /// - Returns: whether there is anything.
    func endRound() -> Bool {
        swap(&delivered, &next)
        return !delivered.isEmpty
    }
}
