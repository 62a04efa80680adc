import Dispatch
import GossipCore

/// A swarm in which every message of a cycle arrives within it: the classroom's model.
///
/// It runs the very `PeerStateMachine` that sockets drive, and the tracker's `TrackerStateMachine` where nodes do not
/// know everyone.
package struct SynchronousSwarm {
    /// Machines of one shard should stay in a core's cache while it works on them.
    static let defaultShardSize = 2_048

    let parameters: SimulationParameters
    private let workers: Int
    let shards: [Shard]
    let shardSize: Int
    private var tracker: TrackerStateMachine<UInt8, PeerID>?
    private(set) package var cycle: Cycle = 0

    /// - Parameters:
    ///   - seed: of this run.
    ///   - workers: cores to use; the outcome does not depend on it.
    package init(_ parameters: SimulationParameters, seed: UInt64, workers: Int = 1) {
        self.init(parameters, seed: seed, workers: workers, shardSize: Self.defaultShardSize)
    }

    /// - Parameter shardSize: nodes a shard; the order of messages within a cycle, and so the trace, depends on it.
    init(_ parameters: SimulationParameters, seed: UInt64, workers: Int, shardSize: Int) {
        self.parameters = parameters
        self.workers = workers
        let nodes = parameters.nodes
        let size = min(nodes, shardSize)
        self.shardSize = size
        let bases = Array(stride(from: 0, to: nodes, by: size))
        let graph = Self.graph(parameters, seed: seed)
        shards = bases.map { base in
            // One for each shard, so that cores that work on different shards have nothing in common.
            let rules = SharedConfiguration(
                PeerConfiguration(gossip: parameters.gossip, chunkCount: parameters.chunks))
            let machines = (base..<min(base + size, nodes)).map {
                Self.machine($0, parameters, rules, graph, seed: seed)
            }
            return Shard(
                ShardState(base: base, machines: machines, shardSize: size, shardCount: bases.count))
        }
        switch parameters.view {
        case .full, .graph: break
        case .tracker(let sampleSize), .cyclon(let sampleSize):
            tracker = Self.tracker(sampleSize: sampleSize, nodes: nodes, seed: seed)
        }
    }

    private static func graph(_ parameters: SimulationParameters, seed: UInt64) -> PeerGraph? {
        guard case .graph(let model) = parameters.view else { return nil }
        return model.graph(nodeCount: parameters.nodes, seed: seed)
    }

    private static func machine(
        _ node: Int, _ parameters: SimulationParameters, _ rules: SharedConfiguration, _ graph: PeerGraph?,
        seed: UInt64
    ) -> PeerStateMachine {
        let isSeed = node < parameters.seeds
        let everyone = PeerSet.everyone(count: UInt32(parameters.nodes), except: PeerID(UInt32(node)))
        let neighbours = graph.map { PeerSet(ascending: $0.neighbours(of: node)) } ?? PeerSet()
        return PeerStateMachine(
            sharing: rules,
            held: isSeed ? .full(chunkCount: parameters.chunks) : ChunkSet(chunkCount: parameters.chunks),
            peers: parameters.view == .full ? everyone : neighbours,
            generator: RandomGenerator(seed: seed, stream: UInt64(node) + 1), own: PeerID(UInt32(node)))
    }

    /// A tracker that everyone has announced themselves to. Nobody falls silent here, so nobody need announce again.
    private static func tracker(sampleSize: Int, nodes: Int, seed: UInt64) -> TrackerStateMachine<UInt8, PeerID> {
        var configuration = TrackerConfiguration(cycleInterval: .seconds(1))
        configuration.sampleSize = sampleSize
        configuration.memberLimit = nodes
        configuration.totalMemberLimit = nodes
        configuration.peerTimeout = TimeSpan(nanoseconds: .max)
        var tracker = TrackerStateMachine<UInt8, PeerID>(
            configuration: configuration, generator: RandomGenerator(seed: seed, stream: 0))
        for node in 0..<nodes {
            _ = tracker.announce(PeerID(UInt32(node)), to: 0, at: TimePoint(nanoseconds: 0))
        }
        return tracker
    }

    /// Runs the next cycle: the ticks, and every message until there is none on its way.
    package mutating func runCycle() {
        runCycle(asksTracker: isTrackerDue(before: cycle + 1))
    }

    mutating func runCycle(asksTracker: Bool) {
        cycle += 1
        if asksTracker { askTracker() }
        let cycle = cycle
        forEachShard { shard, _ in shard.startCycle(cycle) }
        deliver()
    }

    /// A shuffle of every node, as they do it before the first cycle: the overlay is there before the torrent is.
    mutating func shuffle() {
        forEachShard { shard, _ in shard.shuffle() }
        deliver()
    }

    /// Delivers messages until there is none on its way.
    private func deliver() {
        while endRound() {
            forEachShard { [shards] shard, own in shard.receive(from: shards, own: own) }
        }
    }

    private func isTrackerDue(before next: Cycle) -> Bool {
        switch parameters.view {
        case .full, .graph: false
        case .tracker: !next.isMultiple(of: 2)
        case .cyclon: next == 1
        }
    }

    /// Chunks that the peers hold, verified in this cycle or before, over all of them; of peers that still decode, what
    /// their packets are worth.
    package var chunksHeld: UInt64 {
        guard parameters.gossip.chunkSelection == .coded else { return sumOverPeers { UInt64($0.verifiedCount) } }
        return sumOverPeers { UInt64($0.progressCount) }
    }

    /// The same for each peer.
    var chunksHeldByPeer: [Int] {
        shards.flatMap { $0.state.machines.map(\.verifiedCount) }.dropFirst(parameters.seeds).map(\.self)
    }

    package var completePeers: Int {
        Int(sumOverPeers { $0.isComplete ? 1 : 0 })
    }

    /// What all nodes counted.
    package var counts: MessageCounts {
        var total = MessageCounts()
        for shard in shards {
            for machine in shard.state.machines { total += machine.counts }
        }
        return total
    }

    /// The fingerprint of every message so far.
    package var trace: UInt64 {
        var trace = TraceHash()
        for shard in shards { trace.mix(shard.state.trace.value) }
        return trace.value
    }

    private mutating func askTracker() {
        guard tracker != nil else { return }
        for (number, shard) in shards.enumerated() {
            for index in shard.state.machines.indices {
                let own = PeerID(UInt32(number * shardSize + index))
                let sample = tracker?.sample(of: 0, at: TimePoint(nanoseconds: 0)) ?? []
                _ = shard.state.machines[index].handle(.peersReceived(sample.filter { $0 != own }))
            }
        }
    }

    private func endRound() -> Bool {
        var isAnythingOnItsWay = false
        for shard in shards where shard.endRound() { isAnythingOnItsWay = true }
        return isAnythingOnItsWay
    }

    private func sumOverPeers(_ value: (PeerStateMachine) -> UInt64) -> UInt64 {
        var sum: UInt64 = 0
        for (number, shard) in shards.enumerated() {
            let firstPeer = max(0, parameters.seeds - number * shardSize)
            for machine in shard.state.machines.dropFirst(firstPeer) { sum += value(machine) }
        }
        return sum
    }

    /// Works on every shard once, on as many cores as there are workers.
    private func forEachShard(_ body: @Sendable (Shard, Int) -> Void) {
        guard workers > 1, shards.count > 1 else {
            for (number, shard) in shards.enumerated() { body(shard, number) }
            return
        }
        DispatchQueue.concurrentPerform(iterations: shards.count) { [shards] in body(shards[$0], $0) }
    }
}
