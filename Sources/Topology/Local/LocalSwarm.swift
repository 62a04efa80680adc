import GossipCore
import GossipNode
import Logging
import Metainfo
import ZeroMQ

/// A topology's tracker and nodes, all in this process: they share its memory, a few event loops and the threads that
/// hash, and each has sockets, files, a log and a part in the swarm of its own.
package struct LocalSwarm: Sendable {
    /// What the nodes share.
    private struct Runtime: Sendable {
        let context: Context
        /// Of its own, so that ticks wait for no node's work.
        let trackerLoop: EventLoop
        /// The nodes', each of which is always on the same one.
        let loops: [EventLoop]
        let workers: WorkerPool
        let keptLinks: Int
        /// The tracker's loop is the first.
        let metrics: LocalMetrics
        let network = LocalNetwork()
    }

    private let topology: TopologyDescription
    private let place: LocalPlace
    private let log: @Sendable (String) -> String
    private let logger: @Sendable (String) -> Logger
    private let recordsTraces: Bool
    private let clockCommands: AsyncStream<ClockCommand>?

    /// - Parameters:
    ///   - topology: an open swarm without hosts that are reached by ssh.
    ///   - place: paths on this machine.
    ///   - log: where a node's log is.
    ///   - logger: what writes a node's log there.
    ///   - recordsTraces: whether nodes record their events.
    ///   - clockCommands: what the tracker is told; nil where nobody does.
    package init(
        _ topology: TopologyDescription, place: LocalPlace, recordsTraces: Bool,
        clockCommands: AsyncStream<ClockCommand>? = nil, log: @escaping @Sendable (String) -> String,
        logger: @escaping @Sendable (String) -> Logger
    ) {
        precondition(topology.security == .none, "nobody proves a key to a node of the same process")
        self.topology = topology
        self.place = place
        self.log = log
        self.logger = logger
        self.recordsTraces = recordsTraces
        self.clockCommands = clockCommands
    }

    /// Runs the tracker and then the nodes until the task is cancelled, and ends them all before it returns.
    /// - Parameter trackerIsUp: called once the tracker listens, before any node starts, with its endpoints; writes the
    ///   metafile, subscribes to the bus, and returns where the metafile is. Nodes start when it has subscribed: a node
    ///   of this process has joined before a connection that was begun earlier is there.
    /// - Throws: `LaunchError` where there are more nodes than fit, and else of the node that ended of its own accord,
    ///   with the last lines of its log.
    package func run(trackerIsUp: @Sendable (TrackerEndpoints) async throws -> String) async throws {
        let size = try LocalSwarmSize(
            topology, recordsTraces: recordsTraces, descriptorLimit: DescriptorLimit.raise())
        let context = try Context(maximumSockets: size.socketCount)
        let trackerLoop = try EventLoop(name: "tracker")
        let loops = try (0..<WorkerPool.processorCount).map { try EventLoop(name: "nodes \($0)") }
        let outcome: Result<Void, any Error>
        do {
            let metrics = try await LocalMetrics.start(
                at: topology.metrics, context: context, loops: [trackerLoop] + loops,
                log: logger(NodeCommand.trackerName))
            let runtime = Runtime(
                context: context, trackerLoop: trackerLoop, loops: loops, workers: try WorkerPool(),
                keptLinks: size.keptLinks, metrics: metrics)
            do {
                outcome = .success(try await run(runtime, trackerIsUp))
            } catch {
                outcome = .failure(error)
            }
            await metrics.stop()
        } catch {
            outcome = .failure(error)
        }
        for loop in loops + [trackerLoop] { await loop.shutdown() }
        context.terminate()
        try outcome.get()
    }

    private func run(
        _ runtime: Runtime, _ trackerIsUp: @Sendable (TrackerEndpoints) async throws -> String
    ) async throws {
        var configuration = topology.trackerConfiguration(runtime.network)
        configuration.metrics = runtime.metrics.registry(ofLoop: 0)
        let tracker = TrackerNode(
            configuration, context: runtime.context, loop: runtime.trackerLoop,
            log: logger(NodeCommand.trackerName))
        let endpoints: TrackerEndpoints
        do {
            endpoints = try await tracker.start().reached(at: topology.trackerAddress)
        } catch {
            throw LaunchError("\(NodeCommand.trackerName) ended (\(error))")
        }
        do {
            let metafile = try Metafile.read(try await trackerIsUp(endpoints))
            for await _ in tracker.subscriptions { break }
            try await withThrowingTaskGroup { group in
                if let clockCommands {
                    group.addTask { for await command in clockCommands { await tracker.follow(command) } }
                }
                defer { group.cancelAll() }
                try await runNodes(metafile, endpoints, runtime)
            }
        } catch {
            await tracker.stop()
            throw error
        }
        await tracker.stop()
    }

    private func runNodes(_ metafile: Metafile, _ endpoints: TrackerEndpoints, _ runtime: Runtime) async throws {
        try await withThrowingTaskGroup { group in
            for (number, node) in topology.nodes.enumerated() {
                let loop = number % runtime.loops.count
                group.addTask { try await keepRunning(node, metafile, endpoints, onLoop: loop, runtime) }
            }
            // The first to end, by failing or by being cancelled, takes the others with it.
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    /// Runs a node that is not meant to end.
    private func keepRunning(
        _ node: NodeDescription, _ metafile: Metafile, _ endpoints: TrackerEndpoints, onLoop loop: Int,
        _ runtime: Runtime
    ) async throws {
        var configuration = topology.configuration(
            of: node, metafile: metafile, trace: place.trace(of: node.name), endpoints: endpoints, runtime.network)
        configuration.keptLinks = runtime.keptLinks
        configuration.metrics = runtime.metrics.registry(ofLoop: loop + 1)
        let nodeLog = logger(node.name)
        let peer = PeerNode(
            configuration, context: runtime.context, loop: runtime.loops[loop], workers: runtime.workers, log: nodeLog)
        let ending: String
        do {
            ending = "\(try await peer.run(dataPath: node.role == .seed ? place.source : place.data(of: node.name)))"
        } catch {
            try Task.checkCancellation()
            ending = "\(error)"
            nodeLog.error("\(error)")
        }
        try Task.checkCancellation()
        throw LaunchError("\(node.name) ended (\(ending))" + LogTail(log(node.name)).text)
    }
}
