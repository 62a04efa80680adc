import GossipCore

/// A run with faults: a swarm, what goes wrong in it and when, and what it must come to afterwards.
package struct FaultPlan: Sendable {
    package let seed: UInt64
    package var swarm: SwarmSettings
    /// How long things go wrong.
    var safetyPhase: TimeSpan
    var tickLossPermille: [Int]
    var events: [(at: TimeSpan, fault: FaultEvent)] = []
    /// Whether the seeds go for good when the faults end, where the others hold every chunk between them.
    var losesSeeds = false
    /// What the network is like once the faults are over: everything arrives within its cycle.
    var calm = NetworkConditions()

    /// Draws a plan.
    package init(seed: UInt64) {
        self.seed = seed
        var dice = Dice(seed: seed, stream: 1 << 42)
        swarm = Self.drawSwarm(&dice)
        swarm.seed = seed
        let cycles = dice.number(5...60)
        safetyPhase = swarm.interval * UInt64(cycles)
        tickLossPermille = Array(repeating: 0, count: swarm.nodes.count)
        drawNetwork(&dice)
        drawNodes(&dice)
        drawOutages(&dice)
        calm.delay = TimeSpan(nanoseconds: swarm.interval.nanoseconds / 1_000 * UInt64(dice.number(0...20)))
        // A queue that holds few messages would lose some of every cycle to nodes that hear their ticks later.
        if swarm.holdQueueLimit > 100 { calm.jitter = calm.delay }
        losesSeeds = dice.chance(100)
        if dice.chance(350) {
            let viewSize = dice.number(4...30)
            swarm.gossip.peerSampling = .cyclon(
                viewSize: UInt16(viewSize), shuffleLength: UInt16(dice.number(1...viewSize)))
        }
    }

    /// One line about the swarm.
    package var description: String {
        let gossip = swarm.gossip
        let honest = swarm.nodes.count { $0.behaviour == .honest }
        var view = "everyone known"
        if case .tracker(let size) = swarm.view { view = "samples of \(size)" }
        if case .cyclon(let size, let length) = gossip.peerSampling {
            view += ", views of \(size), shuffles of \(length)"
        }
        return "\(swarm.nodes.count) nodes (\(honest) honest), \(swarm.chunkCount) chunks, \(gossip.style.rawValue), "
            + "fanout \(gossip.fanout), \(gossip.chunkSelection.rawValue), \(gossip.separation.rawValue), \(view), "
            + "\(swarm.exchange == nil ? "" : "in bulk, ")"
            + "cycles of \(swarm.interval.milliseconds) ms, faults for \(SwarmLog.text(of: safetyEnd))"
    }

    /// The bulk exchange, with bounds that are met often.
    private static func drawExchange(_ dice: inout Dice) -> ExchangeParameters {
        var exchange = ExchangeParameters()
        exchange.uploadSlots = dice.number(1...6)
        exchange.downloadLimit = dice.number(1...16)
        exchange.grantChunks = dice.smallNumber(1...4)
        if dice.chance(250) { exchange.receiverLimit = dice.number(1...8) }
        if dice.chance(250) { exchange.sourceLimit = dice.number(1...8) }
        if dice.chance(250) { exchange.memoryLimit = dice.number(4...16) }
        if dice.chance(250) { exchange.queueLimit = dice.number(1...8) }
        return exchange
    }

    var safetyEnd: TimePoint { TimePoint(nanoseconds: 0) + safetyPhase }

    private static func drawSwarm(_ dice: inout Dice) -> SwarmSettings {
        let seeds = dice.chance(800) ? 1 : dice.number(2...3)
        let nodes = max(dice.smallNumber(2...40), seeds + 1)
        var swarm = SwarmSettings(
            nodes: (0..<nodes).map { NodeSettings(role: $0 < seeds ? .seed : .peer) })
        swarm.chunkCount = UInt32(dice.chance(50) ? dice.number(0...1) : dice.smallNumber(1...200))
        swarm.gossip = GossipParameters(
            style: dice.element(of: GossipStyle.allCases), fanout: dice.smallNumber(1...5),
            chunkSelection: dice.element(of: ChunkSelection.ofWholeChunks),
            separation: dice.element(of: Separation.allCases))
        swarm.view = .tracker(sampleSize: dice.smallNumber(1...8))
        swarm.interval = .milliseconds(dice.element(of: [200, 500, 1_000, 1_000, 1_000, 2_000]))
        swarm.waitsForMembers = dice.chance(700)
        if dice.chance(250) { swarm.holdQueueLimit = dice.number(1...16) }
        if dice.chance(250) { swarm.verificationLimit = dice.number(1...8) }
        if dice.chance(250) { swarm.digestLimit = dice.number(1...10) }
        if dice.chance(400) {
            swarm.gossip.exchange = .bulk
            swarm.exchange = drawExchange(&dice)
        }
        return swarm
    }
}
