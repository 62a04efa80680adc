import GossipCore
import GossipNode
import GossipWire
import Logging
import Metainfo
import TestSupport
import ZeroMQ

/// The classic experiment over sockets, all seven nodes in this process.
struct RealSwarm: Sendable {
    private static let peerCount = 5

    let style: GossipStyle
    let seed: UInt64
    /// Δ.
    let interval: TimeSpan

    /// Runs it until every peer is complete.
    /// - Returns: nil where the machine was too busy: a message came after its cycle, a tick was slept through, or the
    ///   nodes' thread was so late that a question to the tracker may have missed its interval.
    ///   Such a run says nothing of how partners and chunks are drawn.
    func run() async throws -> RunFigures? {
        let folder = try TemporaryFolder()
        return try await Runtime.with { runtime in
            var generator = RandomGenerator(seed: seed)
            var configuration = TrackerNodeConfiguration(
                bindEndpoint: "tcp://127.0.0.1:*", interval: interval, randomSeed: generator.next())
            configuration.expectedMembers = Self.peerCount + 1
            let tracker = TrackerNode(configuration, context: runtime.context, loop: runtime.loop, log: Self.log)
            let endpoints = try await tracker.start()
            let subscriber = BusSubscriber(context: runtime.context, loop: runtime.loop)
            try await subscriber.start(endpoint: endpoints.busSubscribe)
            let metafile = try Samples.metafile(tracker: endpoints.requests)
            let nodes = try (0...Self.peerCount).map { number in
                try node(number, metafile, endpoints, folder, seed: generator.next())
            }
            let watch = LatenessWatch(runtime.loop)
            await watch.start()
            let figures = try await withThrowingTaskGroup(of: RunFigures?.self) { group in
                for node in nodes {
                    group.addTask {
                        _ = try await PeerNode(
                            node.configuration, context: runtime.context, loop: runtime.loop, workers: runtime.workers,
                            log: Self.log
                        ).run(dataPath: node.path)
                        return nil
                    }
                }
                group.addTask { await Self.follow(subscriber.deliveries) }
                let figures = try await group.next() ?? nil
                group.cancelAll()
                return figures
            }
            let lateness = await watch.stop()
            await subscriber.stop()
            await tracker.stop()
            return lateness < Duration.nanoseconds(Int64(interval.nanoseconds / 2)) ? figures : nil
        }
    }

    private func node(
        _ number: Int, _ metafile: Metafile, _ endpoints: TrackerEndpoints, _ folder: TemporaryFolder, seed: UInt64
    ) throws -> (configuration: PeerNodeConfiguration, path: String) {
        let isSeed = number == 0
        let name = isSeed ? "seed" : "peer\(number)"
        var configuration = PeerNodeConfiguration(
            name: name, role: isSeed ? .seed : .peer, metafile: metafile,
            gossip: GossipParameters(style: style, fanout: 2), randomSeed: seed)
        configuration.bindEndpoint = "tcp://127.0.0.1:*"
        configuration.advertisedHost = "127.0.0.1"
        configuration.busSubscribeEndpoint = endpoints.busSubscribe
        configuration.busPublishEndpoint = endpoints.busPublish
        configuration.expectedInterval = interval
        // As the simulator does: before cycles 1, 3, 5 ….
        configuration.refreshInterval = interval * 2
        let path = try folder.makeFolder(name)
        if isSeed { try folder.write("seed/\(Samples.name)", Samples.text) }
        return (configuration, path)
    }

    private static let log = {
        var log = Logger(label: "swarm")
        log.logLevel = .critical
        return log
    }()

    /// Listens until there is a cycle at whose end every peer was complete, and every node has told of it.
    private static func follow(_ deliveries: AsyncStream<BusDelivery>) async -> RunFigures? {
        var cycles: [Cycle: [String: ProgressReport]] = [:]
        for await delivery in deliveries {
            guard case .progress(let report) = delivery.message else { continue }
            cycles[report.cycle, default: [:]][report.node] = report
            if let reports = cycles[report.cycle], reports.count == peerCount + 1,
                reports.values.allSatisfy(\.isComplete)
            {
                return figures(cycles, last: report.cycle)
            }
        }
        return nil
    }

    private static func figures(_ cycles: [Cycle: [String: ProgressReport]], last: Cycle) -> RunFigures? {
        var figures = RunFigures()
        figures.cycles = Int(last)
        var before = MessageCounts()
        for cycle in 1...last {
            guard let reports = cycles[cycle], reports.count == peerCount + 1 else { return nil }
            let counts = reports.values.reduce(into: MessageCounts()) { $0 += $1.messages }
            guard counts.late + counts.early + counts.undelivered + counts.unanswered == 0 else { return nil }
            if cycle == 1 {
                figures.noteFirstCycle(held: reports.values.filter { $0.role == .peer }.map { Int($0.chunksHeld) })
            }
            if cycle <= RunFigures.comparedCycles { figures.messages.append(counts.since(before)) }
            before = counts
        }
        return figures
    }
}
