import GossipCore

/// One run with faults: a safety phase in which they happen, then a liveness phase in which the swarm must complete.
package final class FaultRun {
    private let plan: FaultPlan
    private let swarm: SimulatedSwarm
    private var faults: [String: Int] = [:]

    /// - Parameter logStart: from when on everything that happens is written down; nil for never.
    package convenience init(_ plan: FaultPlan, logStart: TimePoint? = nil) {
        self.init(plan, sabotage: nil, logStart: logStart)
    }

    init(_ plan: FaultPlan, sabotage: Sabotage?, logStart: TimePoint? = nil) {
        self.plan = plan
        swarm = SimulatedSwarm(plan.swarm)
        swarm.world.sabotage = sabotage
        if let logStart { swarm.world.log = SwarmLog(from: logStart) }
        swarm.tracker.tickLossPermille = plan.tickLossPermille
        swarm.onFault = { [unowned self] in inject($0) }
        for (time, fault) in plan.events {
            swarm.world.schedule(.fault(fault), at: min(TimePoint(nanoseconds: 0) + time, plan.safetyEnd))
        }
    }

    package func run() -> FaultOutcome {
        swarm.start()
        swarm.run(until: plan.safetyEnd)
        let completeBefore = honestPeers.count { $0.machine.isComplete }
        endFaults()
        let start = swarm.now
        let alive = swarm.nodes.compactMap(\.self)
        let bound = LivenessBound(plan.swarm, honest: alive.count(where: \.isHonest), nodes: alive.count)
        let interval = plan.swarm.interval
        swarm.run(until: start + interval * bound.cycles) { isDone }
        if !isDone, swarm.world.violation == nil {
            let missing = honestPeers.filter { !$0.machine.isComplete }.map { node in
                "\(node.life) holds \(node.machine.verifiedCount) of \(plan.swarm.chunkCount) in cycle "
                    + "\(node.machine.cycle) and knows \(node.machine.peers.count)"
            }
            swarm.world.fail(
                .liveness, nil,
                "after \(bound.cycles) cycles without faults: " + missing.joined(separator: "; "))
        }
        let end = swarm.now
        // What is still on its way when the last peer completes must do no harm either.
        swarm.run(until: end + interval * 2)
        let taken = (end.since(start).nanoseconds + interval.nanoseconds - 1) / interval.nanoseconds
        return FaultOutcome(
            plan: plan, violation: swarm.world.violation, livenessCycles: taken, bound: bound,
            peers: honestPeers.count, completeBefore: completeBefore, faults: faults, counts: swarm.counts,
            events: swarm.world.eventCount, lostMessages: swarm.world.network.lostCount,
            trace: swarm.world.trace.value, log: swarm.world.log?.lines ?? [])
    }

    private var honestPeers: [SimulatedNode] { swarm.nodes.compactMap(\.self).filter(\.isHonest) }

    private var isDone: Bool { swarm.nodes.allSatisfy { $0.map { !$0.isHonest || $0.machine.isComplete } ?? true } }

    private func inject(_ fault: FaultEvent) {
        faults[fault.name, default: 0] += 1
        switch fault {
        case .crash(let node, let keepsMemory): swarm.crash(node, keepsMemory: keepsMemory)
        case .start(let node): swarm.start(node)
        // Before the first tick, a clock that waits for this node would wait for ever.
        case .leave(let node): if swarm.tracker.tickCount > 0 { swarm.leave(node) }
        case .split(let sides): swarm.split(sides)
        case .heal: swarm.heal()
        case .trackerStops: swarm.tracker.stop()
        case .trackerStarts: swarm.tracker.start()
        case .busStops: swarm.tracker.isBusUp = false
        case .busStarts: swarm.tracker.isBusUp = true
        case .pace(let node, let pace): swarm.world.network.setPace(pace, of: node, at: swarm.now)
        }
    }

    /// Puts everything right: what is broken stays so no longer, what is dishonest stays dishonest.
    private func endFaults() {
        guard swarm.world.violation == nil else { return }
        swarm.world.note(nil) { "the faults end" }
        swarm.world.network.conditions = plan.calm
        swarm.world.verificationDelay = TimeSpan(nanoseconds: 0)
        for node in plan.swarm.nodes.indices {
            swarm.tracker.tickLossPermille[node] = 0
            swarm.world.network.setPace(NodePace(), of: node, at: swarm.now)
        }
        swarm.heal()
        swarm.tracker.isBusUp = true
        if plan.losesSeeds, othersHoldEverything {
            for node in plan.swarm.nodes.indices where plan.swarm.nodes[node].role == .seed { swarm.leave(node) }
        }
        if !swarm.departed.isEmpty, swarm.nodes.allSatisfy({ $0.map { $0.machine.cycle == 0 } ?? true }) {
            // Nobody is left who knows of a cycle, and the members that the clock waits for never come: as when a
            // swarm is begun, whoever starts the tracker must say whom to wait for.
            swarm.tracker.stop()
            swarm.tracker.expectedMembers = 0
        }
        swarm.tracker.start()
        for node in plan.swarm.nodes.indices { swarm.start(node) }
    }

    /// Whether the honest peers that are alive hold every chunk between them.
    private var othersHoldEverything: Bool {
        guard swarm.tracker.tickCount > 0 else { return false }
        var union = ChunkSet(chunkCount: plan.swarm.chunkCount)
        for node in honestPeers where node.settings.role == .peer { union.formUnion(node.machine.heldAndFresh) }
        return union.isComplete
    }
}
