import GossipCore

/// One run of an event-driven swarm without faults, told cycle by cycle as the synchronous model tells its own.
struct NetworkRun {
    private let parameters: SimulationParameters
    private let swarm: SimulatedSwarm
    private let reports: CycleReports

    init(_ parameters: SimulationParameters, seed: UInt64) {
        self.parameters = parameters
        var settings = SwarmSettings(parameters, seed: seed)
        // Swarms with faults are checked at every step; here many more chunks are on their way.
        if parameters.gossip.exchange == .bulk { settings.checksInvariants = false }
        swarm = SimulatedSwarm(settings)
        let reports = CycleReports(nodes: parameters.nodes, seeds: parameters.seeds)
        self.reports = reports
        swarm.world.onProgress = { reports.add($0.node, $1, held: $2, $3) }
    }

    /// Runs until every peer is complete and that cycle is over, or as many cycles are over as the limit says.
    /// - Parameter onCycle: called after each tick; ends the run when it returns false.
    func outcome(recordsCycles: Bool, onCycle: (Cycle) -> Bool) -> RunOutcome {
        swarm.start()
        var firstTick: TimePoint?
        var end: TimePoint?
        while end == nil, swarm.tracker.tickCount < parameters.cycleLimit {
            let due = swarm.tracker.nextTick
            swarm.run(until: due ?? swarm.now + swarm.world.settings.interval) { isComplete }
            if isComplete { end = swarm.now }
            guard let due else { continue }
            firstTick = firstTick ?? due
            if !onCycle(swarm.tracker.tickCount) { break }
        }
        finishCycle()
        if let text = swarm.violationText { preconditionFailure("a swarm without faults broke an invariant: \(text)") }
        let completion = end == nil ? nil : swarm.nodes.compactMap { $0?.completionCycle }.max()
        let last = completion ?? swarm.tracker.tickCount
        for case let node? in swarm.nodes {
            reports.close(node.life.node, held: node.machine.progressCount, counts: node.machine.counts, cycle: last)
        }
        let seconds = firstTick.flatMap { start in end.map { Double($0.since(start).nanoseconds) / 1e9 } }
        return RunOutcome(
            cycles: completion, chunksHeld: reports.held, counts: swarm.counts, trace: swarm.world.trace.value,
            messages: recordsCycles ? Array(reports.messages.dropFirst().map(CycleMessages.init)) : [],
            network: NetworkOutcome(
                seconds: seconds, lost: swarm.world.network.lostCount,
                servedBySeeds: swarm.nodes.prefix(parameters.seeds).reduce(0) { $0 + ($1?.chunksServed ?? 0) }))
    }

    private var isComplete: Bool { swarm.world.completionCount == UInt64(parameters.peers) }

    /// Lets everything happen that comes before the next tick.
    private func finishCycle() {
        guard let next = swarm.tracker.nextTick, next > swarm.now else { return }
        swarm.run(until: TimePoint(nanoseconds: next.nanoseconds - 1))
    }
}
