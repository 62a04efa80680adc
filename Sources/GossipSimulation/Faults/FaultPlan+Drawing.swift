import GossipCore

/// What goes wrong. Each kind of fault is in some runs and not in others, so that each is also seen by itself.
extension FaultPlan {
    mutating func drawNetwork(_ dice: inout Dice) {
        let interval = Int(swarm.interval.milliseconds)
        if dice.chance(700) { swarm.conditions.delay = dice.milliseconds(0...interval / 10) }
        if dice.chance(500) { swarm.conditions.jitter = dice.milliseconds(0...interval / 2) }
        if dice.chance(400) { swarm.conditions.lossPermille = dice.smallNumber(1...400) }
        if dice.chance(300) { swarm.conditions.duplicationPermille = dice.smallNumber(1...300) }
        if dice.chance(300) {
            swarm.conditions.reorderingPermille = dice.smallNumber(1...300)
            swarm.conditions.reorderingDelay = dice.milliseconds(1...interval * 3)
        }
        if dice.chance(200) { swarm.verificationDelay = dice.milliseconds(1...interval * 2) }
        guard dice.chance(300) else { return }
        let loss = dice.number(1...500)
        for node in tickLossPermille.indices where dice.chance(500) { tickLossPermille[node] = loss }
    }

    /// Which nodes do not keep to the protocol, which join late, and which are slow.
    mutating func drawNodes(_ dice: inout Dice) {
        let peers = swarm.nodes.indices.filter { swarm.nodes[$0].role == .peer }
        for behaviour in NodeBehaviour.allCases where behaviour != .honest && dice.chance(150) {
            // At most one in eight of each kind, so that the honest are always the most; one in the smaller swarms.
            for _ in 0..<dice.number(1...max(1, peers.count / 8)) where peers.count > 2 {
                swarm.nodes[dice.element(of: peers)].behaviour = behaviour
            }
        }
        if dice.chance(100) { swarm.nodes[0].behaviour = drawSeedBehaviour(&dice) }
        if dice.chance(300) {
            for node in peers where dice.chance(300) {
                swarm.nodes[node].startsAtOnce = false
                schedule(.start(node: node), &dice)
            }
        }
        guard dice.chance(200) else { return }
        swarm.chunkSize = 1 << dice.number(0...18)
        for node in swarm.nodes.indices where dice.chance(300) {
            var pace = NodePace()
            if dice.chance(500) { pace.uplinkBytesPerSecond = UInt64(1 << dice.number(8...20)) }
            if dice.chance(500) { pace.downlinkBytesPerSecond = UInt64(1 << dice.number(8...20)) }
            if dice.chance(500) { pace.processing = dice.milliseconds(1...Int(swarm.interval.milliseconds)) }
            schedule(.pace(node: node, pace), &dice)
        }
    }

    /// Only where another seed is left may one be dishonest.
    private mutating func drawSeedBehaviour(_ dice: inout Dice) -> NodeBehaviour {
        let seeds = swarm.nodes.count { $0.role == .seed }
        return seeds > 1 ? dice.element(of: NodeBehaviour.allCases) : .honest
    }

    mutating func drawOutages(_ dice: inout Dice) {
        let nodes = swarm.nodes.count
        if dice.chance(500) {
            for _ in 0..<dice.smallNumber(1...nodes) {
                let node = dice.number(0...nodes - 1)
                let start = schedule(.crash(node: node, keepsMemory: dice.chance(500)), &dice)
                events.append((start + drawOutage(&dice), .start(node: node)))
            }
        }
        if dice.chance(300) {
            for node in swarm.nodes.indices where swarm.nodes[node].role == .peer && dice.chance(150) {
                schedule(.leave(node: node), &dice)
            }
        }
        if dice.chance(350) { drawOutage(.trackerStops, .trackerStarts, &dice) }
        if dice.chance(350) { drawOutage(.busStops, .busStarts, &dice) }
        if dice.chance(350) {
            for _ in 0..<dice.number(1...3) {
                let sides = (0..<nodes).map { _ in UInt8(dice.number(0...1)) }
                let start = schedule(.split(sides: sides), &dice)
                events.append((start + drawOutage(&dice), .heal))
            }
        }
    }

    private mutating func drawOutage(_ stop: FaultEvent, _ start: FaultEvent, _ dice: inout Dice) {
        for _ in 0..<dice.number(1...2) {
            let stopped = schedule(stop, &dice)
            events.append((stopped + drawOutage(&dice), start))
        }
    }

    /// Up to half of the phase; some outages last until its end.
    private func drawOutage(_ dice: inout Dice) -> TimeSpan {
        dice.milliseconds(1...max(1, Int(safetyPhase.milliseconds) / 2))
    }

    @discardableResult
    private mutating func schedule(_ fault: FaultEvent, _ dice: inout Dice) -> TimeSpan {
        let time = dice.milliseconds(0...Int(safetyPhase.milliseconds))
        events.append((time, fault))
        return time
    }
}
