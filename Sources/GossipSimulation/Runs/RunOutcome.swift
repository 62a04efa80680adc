import GossipCore

/// How one simulated run went.
package struct RunOutcome: Equatable, Sendable {
    /// The cycle at whose end every peer held every chunk; nil where the run was given up.
    package let cycles: Cycle?
    /// Chunks held by the peers together, after cycle 0, 1, ….
    package let chunksHeld: [UInt64]
    package let counts: MessageCounts
    package let trace: UInt64
    /// What was counted in cycle 1, 2, …; empty unless it was asked for.
    package let messages: [CycleMessages]
    /// What only an event-driven run knows.
    package let network: NetworkOutcome?

    /// Runs a swarm until every peer is complete, or the limit is reached.
    /// - Parameters:
    ///   - recordsCycles: whether to count the messages of each cycle, which takes a look at every node in each.
    ///   - onCycle: called after each cycle; ends the run when it returns false.
    package static func of(
        _ parameters: SimulationParameters, seed: UInt64, workers: Int = 1, recordsCycles: Bool = false,
        onCycle: (Cycle) -> Bool = { _ in true }
    ) -> RunOutcome {
        if parameters.network != nil, parameters.chunks > 0 {
            return NetworkRun(parameters, seed: seed).outcome(recordsCycles: recordsCycles, onCycle: onCycle)
        }
        var swarm = SynchronousSwarm(parameters, seed: seed, workers: workers)
        let whole = UInt64(parameters.peers) * UInt64(parameters.chunks)
        var curve = [swarm.chunksHeld]
        var messages: [CycleMessages] = []
        var before = MessageCounts()
        while curve.last != whole, swarm.cycle < parameters.cycleLimit {
            swarm.runCycle()
            curve.append(swarm.chunksHeld)
            if recordsCycles {
                let counts = swarm.counts
                messages.append(CycleMessages(counts.since(before)))
                before = counts
            }
            if !onCycle(swarm.cycle) { break }
        }
        return RunOutcome(
            cycles: curve.last == whole ? swarm.cycle : nil, chunksHeld: curve, counts: swarm.counts,
            trace: swarm.trace, messages: messages, network: nil)
    }
}
