import GossipCore

@testable import GossipSimulation

/// What a run is compared by: a few numbers that any mistake in the drawing of partners or chunks should move.
struct RunFigures: Sendable {
    static let comparedCycles = 3

    /// The cycle at whose end every peer was complete.
    var cycles = 0
    /// Of each of the first cycles alone, over all nodes.
    var messages: [MessageCounts] = []
    /// Peers that hold anything at the end of cycle 1, and those that hold more than one chunk.
    var reached = 0
    var doubled = 0

    /// Each with its name.
    var values: [(name: String, value: Double)] {
        var values = [("cycles", Double(cycles)), ("reached", Double(reached)), ("doubled", Double(doubled))]
        for cycle in 0..<Self.comparedCycles {
            let counts = cycle < messages.count ? messages[cycle] : MessageCounts()
            values += [
                ("sent in \(cycle + 1)", Double(counts.sent)), ("useful in \(cycle + 1)", Double(counts.useful)),
                ("redundant in \(cycle + 1)", Double(counts.redundant)),
                ("missed in \(cycle + 1)", Double(counts.missed)),
            ]
        }
        return values
    }

    mutating func noteFirstCycle(held: [Int]) {
        reached = held.count { $0 > 0 }
        doubled = held.count { $0 > 1 }
    }

    /// A run of the simulator.
    static func simulated(_ parameters: SimulationParameters, seed: UInt64) -> RunFigures {
        var swarm = SynchronousSwarm(parameters, seed: seed)
        var figures = RunFigures()
        var before = MessageCounts()
        while swarm.completePeers < parameters.peers {
            swarm.runCycle()
            if swarm.cycle == 1 { figures.noteFirstCycle(held: swarm.chunksHeldByPeer) }
            if swarm.cycle <= comparedCycles {
                figures.messages.append(swarm.counts.since(before))
                before = swarm.counts
            }
        }
        figures.cycles = Int(swarm.cycle)
        return figures
    }
}

/// How the figures of many simulated runs lie, and whether those of a few other runs could be of the same kind.
struct RunDistribution: Sendable {
    private let statistics: [(name: String, statistics: Statistics)]

    init(_ runs: [RunFigures]) {
        let columns = runs.map(\.values)
        statistics = (columns.first ?? []).indices.compactMap { index in
            Statistics(columns.map { $0[index].value }).map { (columns[0][index].name, $0) }
        }
    }

    /// The figures whose mean is more than four standard errors away, in words; none where all are as they should be.
    ///
    /// One more event in the whole sample is allowed on top: what never happens in the simulator has no spread, and
    /// what happens rarely is not normal.
    func differences(from runs: [RunFigures]) -> [String] {
        let columns = runs.map(\.values)
        return statistics.enumerated().compactMap { index, expected in
            let mean = columns.map { $0[index].value }.reduce(0, +) / Double(runs.count)
            let share = 1 / Double(runs.count) + 1 / Double(expected.statistics.count)
            let error = expected.statistics.standardDeviation * share.squareRoot()
            let distance = abs(mean - expected.statistics.mean)
            guard distance > 4 * error + 1 / Double(runs.count) else { return nil }
            return "\(expected.name): \(mean), simulated \(expected.statistics.mean) ± \(error)"
        }
    }
}
