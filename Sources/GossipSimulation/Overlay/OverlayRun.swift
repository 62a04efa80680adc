import GossipCore

/// Lets an overlay live: it mixes, nodes join, most vanish, and the rest spread a torrent.
package struct OverlayRun {
    private let parameters: OverlayParameters
    private var swarm: SynchronousSwarm
    private var generator: RandomGenerator
    private var result: OverlayResult

    /// - Parameters:
    ///   - workers: cores to use; the result does not depend on it.
    ///   - shardSize: nodes a shard; the order of messages within a cycle depends on it.
    init(_ parameters: OverlayParameters, workers: Int, shardSize: Int = SynchronousSwarm.defaultShardSize) {
        self.parameters = parameters
        swarm = SynchronousSwarm(
            parameters.swarm, seed: parameters.seed, workers: workers, shardSize: shardSize)
        generator = RandomGenerator(seed: parameters.seed, stream: 1 << 43)
        result = OverlayResult(parameters)
    }

    /// - Parameter workers: cores to use; the result does not depend on it.
    package static func result(of parameters: OverlayParameters, workers: Int = 1) -> OverlayResult {
        var run = OverlayRun(parameters, workers: workers)
        return run.run()
    }

    mutating func run() -> OverlayResult {
        let joiners = parameters.nodes..<parameters.nodes + parameters.joiners
        swarm.setAbsent(true, joiners)
        bootstrap()
        note()
        for _ in 0..<parameters.cycles {
            swarm.shuffle()
            note()
        }
        if !joiners.isEmpty { join(joiners) }
        result.histogram = Self.histogram(swarm.overlay.inDegrees)
        if parameters.vanishingPermille > 0 { vanish() }
        result.trace = swarm.trace
        return result
    }

    private mutating func bootstrap() {
        for node in 0..<parameters.nodes {
            switch parameters.bootstrap {
            case .star: swarm.introduce([0], to: node)
            case .sample(let size):
                // One node's number is left out, so that it does not draw itself.
                let drawn = generator.distinctIndices(size, below: parameters.nodes - 1)
                swarm.introduce(drawn.map { $0 < node ? $0 : $0 + 1 }, to: node)
            }
        }
    }

    private mutating func join(_ joiners: Range<Int>) {
        swarm.setAbsent(false, joiners)
        for joiner in joiners { swarm.join(joiner, through: generator.index(below: parameters.nodes)) }
        for _ in 0..<parameters.cyclesAfterJoining {
            swarm.shuffle()
            note()
            let degrees = swarm.overlay.inDegrees
            if let spread = DegreeSpread(joiners.compactMap { degrees[$0] }) { result.joinersInDegrees.append(spread) }
        }
    }

    private mutating func vanish() {
        let nodes = parameters.nodes + parameters.joiners
        let count = nodes * parameters.vanishingPermille / 1_000
        let gone = generator.distinctIndices(min(count, nodes - 2), below: nodes - 1).map { $0 + 1 }
        swarm.setAbsent(true, gone)
        var isGone = [Bool](repeating: false, count: nodes)
        for node in gone { isGone[node] = true }
        let survivors = (0..<nodes).filter { !isGone[$0] }
        let clusters = swarm.overlay.clusterSizes
        let spread = spreadTorrent(among: survivors)
        result.aftermath = OverlayResult.Aftermath(
            survivors: survivors.count, largestCluster: clusters.first ?? 0, clusters: clusters.count,
            clustersAtEnd: swarm.overlay.clusterSizes, complete: spread.complete, cycles: spread.cycles)
    }

    /// Runs cycles until every survivor is complete, or nothing new has come for long.
    /// - Returns: the survivors that are complete, the seed among them, and the cycle in which the last one was.
    private mutating func spreadTorrent(among survivors: [Int]) -> (complete: Int, cycles: Cycle) {
        let chunks = Int(parameters.chunks)
        var held = 0
        var lastGain: Cycle = 0
        while held < survivors.count * chunks, swarm.cycle - lastGain < UInt64(parameters.stallCycles) {
            swarm.runCycle(asksTracker: false)
            let now = survivors.reduce(0) { $0 + swarm.verifiedCount(of: $1) }
            if now > held { lastGain = swarm.cycle }
            held = now
        }
        return (survivors.count { swarm.verifiedCount(of: $0) == chunks }, lastGain)
    }

    private mutating func note() {
        if let spread = DegreeSpread(swarm.overlay.inDegrees.compactMap(\.self)) { result.inDegrees.append(spread) }
    }

    /// How many nodes have each in-degree, from 0 on.
    private static func histogram(_ degrees: [Int?]) -> [Int] {
        let degrees = degrees.compactMap(\.self)
        var counts = [Int](repeating: 0, count: (degrees.max() ?? 0) + 1)
        for degree in degrees { counts[degree] += 1 }
        return counts
    }
}
