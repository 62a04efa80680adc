import GossipCore

/// A swarm in simulated time: every message, tick and timer is an event of its own.
///
/// It has no threads and reads no clock: the same settings give the same run.
package final class SimulatedSwarm {
    let world: SimulatedWorld
    let tracker: SimulatedTracker
    private(set) var nodes: [SimulatedNode?]
    /// Nodes that will not come back.
    private(set) var departed: Set<Int> = []
    private var disks: [ChunkMemory]
    /// What nodes counted in lives that are over.
    private var formerCounts = MessageCounts()
    /// Called for each fault that is due.
    var onFault: (FaultEvent) -> Void = { _ in }

    package init(_ settings: SwarmSettings) {
        world = SimulatedWorld(settings)
        tracker = SimulatedTracker(in: world)
        nodes = Array(repeating: nil, count: settings.nodes.count)
        disks = settings.nodes.map { node in
            node.role == .seed ? .full(chunkCount: settings.chunkCount) : ChunkMemory(chunkCount: settings.chunkCount)
        }
    }

    /// Starts the tracker and the nodes that are there from the start.
    package func start() {
        tracker.start()
        startWithoutTracker()
    }

    /// Starts the nodes alone.
    func startWithoutTracker() {
        for (node, settings) in world.settings.nodes.enumerated() where settings.startsAtOnce {
            if world.settings.startSpread.nanoseconds == 0 {
                start(node)
            } else {
                let pause = world.network.drawSpan(upTo: world.settings.startSpread)
                world.schedule(.started(node), after: pause)
            }
        }
    }

    /// Lets everything happen up to a moment, that moment included.
    /// - Parameter isOver: asked at the start and whenever a node became complete; true ends the run early.
    package func run(until end: TimePoint, isOver: () -> Bool = { false }) {
        var completions = world.completionCount
        if isOver() { return }
        while let next = world.nextTime, next <= end, world.violation == nil {
            guard let event = world.advance() else { return }
            take(event)
            guard world.completionCount != completions else { continue }
            completions = world.completionCount
            if isOver() { return }
        }
        if world.violation == nil { world.advance(to: end) }
    }

    /// Runs until every node is complete.
    /// - Returns: the cycle in which the last one was; nil where the time did not suffice.
    package func runToCompletion(within limit: TimeSpan) -> Cycle? {
        start()
        let end = world.now + limit
        run(until: end) { isComplete }
        return isComplete ? nodes.compactMap { $0?.completionCycle }.max() : nil
    }

    package var now: TimePoint { world.now }

    package var isComplete: Bool { nodes.allSatisfy { $0?.machine.isComplete ?? false } }

    /// What all nodes counted, in all their lives.
    package var counts: MessageCounts {
        nodes.reduce(into: formerCounts) { total, node in if let node { total += node.machine.counts } }
    }

    /// The first broken invariant, as text; nil where all hold.
    package var violationText: String? { world.violation?.description }

    private func take(_ event: SimulatedEvent) {
        switch event {
        case .started(let node): start(node)
        case .packet(let packet):
            guard let node = node(packet.to), let packet = world.receive(packet) else { return }
            node.take(packet)
        case .tick(let life, let cycle, let interval): node(life)?.hearTick(cycle, interval: interval)
        case .timer(let life, let timer, let number): node(life)?.timerEnded(timer, number: number)
        case .linkChanged(let life, let other, let isUp): node(life)?.linkChanged(to: other, isUp: isUp)
        case .verified(let life, let token): node(life)?.finishVerification(token)
        case .served(let life, let receiver): node(life)?.handle(.chunkServed(to: receiver))
        case .trackerAsked(let life, let question, let number): tracker.asked(by: life, question, number: number)
        case .trackerAnswered(let life, let answer, let number): node(life)?.trackerAnswered(answer, number: number)
        case .progress(let node, let cycle, let bytes): tracker.hear(cycle, of: node, bytesSent: bytes)
        case .clock(let number): tracker.clockDue(number: number)
        case .sweep(let number): tracker.sweepDue(number: number)
        case .fault(let fault): onFault(fault)
        }
    }

    private func node(_ life: NodeLife) -> SimulatedNode? {
        world.isAlive(life) ? nodes[life.node] : nil
    }

    // MARK: Lives

    func start(_ index: Int) {
        guard nodes[index] == nil, !departed.contains(index) else { return }
        let node = SimulatedNode(
            world.beginLife(of: index), world.settings.nodes[index], disk: disks[index], in: world)
        nodes[index] = node
        // Before the first tick nobody has opened a link.
        if tracker.tickCount > 0 { reconnect() }
        node.start()
    }

    /// Ends a node's life at once.
    /// - Parameter keepsMemory: whether its chunks are still there when it starts again; a seed's always are.
    func crash(_ index: Int, keepsMemory: Bool) {
        guard let node = nodes[index] else { return }
        world.note(node.life) { keepsMemory ? "crashed" : "crashed and lost its disk" }
        formerCounts += node.machine.counts
        let keeps = keepsMemory || node.settings.role == .seed
        disks[index] = keeps ? node.disk : ChunkMemory(chunkCount: world.settings.chunkCount)
        nodes[index] = nil
        world.endLife(of: index)
        for other in nodes { other?.linkBroke(to: index) }
    }

    /// A node says goodbye and does not come back.
    func leave(_ index: Int) {
        guard let node = nodes[index] else { return }
        world.note(node.life) { "left" }
        node.leave()
        crash(index, keepsMemory: true)
        departed.insert(index)
    }

    func split(_ sides: [UInt8]) {
        world.network.split(sides)
        for node in nodes {
            guard let node else { continue }
            for other in nodes.indices where !world.network.isConnected(node.life.node, other) {
                world.schedule(.linkChanged(node.life, to: other, isUp: false), after: world.heartbeatTime())
            }
        }
    }

    func heal() {
        world.network.heal()
        reconnect()
    }

    /// Links whose other end can be reached again come up one after the other.
    private func reconnect() {
        for node in nodes {
            guard let node else { continue }
            for peer in node.links.keys.sorted() {
                guard let link = node.links[peer], !link.isUp, world.isReachable(link.node, from: node.life.node)
                else { continue }
                world.schedule(.linkChanged(node.life, to: link.node, isUp: true), after: world.reconnectionTime())
            }
        }
    }
}
