import GossipCore
import GossipNode

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Starts a topology's processes, each where it belongs, and keeps them running.
package struct SwarmLauncher: Sendable {
    /// How long the tracker may take to say where it listens.
    private static let trackerPatience = Duration.seconds(10)

    private let topology: TopologyDescription
    /// By the host's name.
    private let places: [String: any NodePlace]
    private let log: @Sendable (String) -> String
    private let keys: SwarmKeys?
    private let clockCommands: AsyncStream<ClockCommand>?
    private let options: [String]

    /// - Parameters:
    ///   - places: one for each host that a node or the tracker names, by its name.
    ///   - keys: of a secured swarm; nil of an open one.
    ///   - clockCommands: what the tracker is told; nil where nobody does.
    ///   - options: arguments that every process is given beside its own.
    ///   - log: where a node's log is on this machine.
    package init(
        _ topology: TopologyDescription, places: [String: any NodePlace], keys: SwarmKeys? = nil,
        clockCommands: AsyncStream<ClockCommand>? = nil, options: [String] = [],
        log: @escaping @Sendable (String) -> String
    ) {
        precondition((keys != nil) == (topology.security == .curve), "a secured swarm has keys, and an open one none")
        self.topology = topology
        self.places = places
        self.keys = keys
        self.clockCommands = clockCommands
        self.options = options
        self.log = log
    }

    /// Runs the tracker and then the nodes until the task is cancelled, and ends them all before it returns.
    /// - Parameter trackerIsUp: called once the tracker listens, before any node starts, with its endpoints as others
    ///   reach them; writes the metafile, and returns where it is.
    /// - Throws: `LaunchError` that names the process that ended of its own accord, with the last lines of its log.
    package func run(trackerIsUp: @escaping @Sendable (TrackerEndpoints) async throws -> String) async throws {
        let (endpoints, continuation) = AsyncStream.makeStream(of: TrackerEndpoints.self)
        try await withThrowingTaskGroup { group in
            group.addTask {
                try await keepRunning(
                    NodeCommand.tracker(of: topology), on: topology.tracker.host, clockCommands
                ) { line in
                    guard let said = try? JSONDecoder().decode(TrackerEndpoints.self, from: Data(line.utf8)) else {
                        return
                    }
                    continuation.yield(reachable(said))
                    continuation.finish()
                }
            }
            group.addTask {
                try await startNodes(Self.first(of: endpoints), trackerIsUp)
            }
            // The first to end, by failing or by being cancelled, takes the others with it.
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    private func startNodes(
        _ endpoints: TrackerEndpoints?, _ trackerIsUp: @Sendable (TrackerEndpoints) async throws -> String
    ) async throws {
        guard let endpoints else {
            try Task.checkCancellation()
            throw LaunchError(
                "the tracker did not come up within \(Self.trackerPatience)"
                    + LogTail(log(NodeCommand.trackerName)).text)
        }
        let metafile = try await trackerIsUp(endpoints)
        try await withThrowingTaskGroup { group in
            for place in places.values { group.addTask { try await place.take(metafile: metafile) } }
            try await group.waitForAll()
        }
        try await withThrowingTaskGroup { group in
            for node in topology.nodes {
                let place = try place(node.host)
                let command = NodeCommand.node(
                    node, of: topology, metafile: place.metafile,
                    dataPath: node.role == .seed ? place.source : place.data(of: node.name),
                    trace: place.trace(of: node.name), endpoints: endpoints)
                group.addTask { try await keepRunning(command, on: node.host) { _ in } }
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    /// Runs a process that is not meant to end.
    private func keepRunning(
        _ command: NodeCommand, on host: String, _ clockCommands: AsyncStream<ClockCommand>? = nil,
        onLine: @Sendable (String) async throws -> Void
    ) async throws {
        let ending = try await place(host).run(
            command.adding(options), keys?.credentials(of: command.name), clockCommands: clockCommands, onLine: onLine)
        try Task.checkCancellation()
        let place = places.count > 1 ? " on \(host)" : ""
        throw LaunchError("\(command.name)\(place) ended (\(ending))" + LogTail(log(command.name)).text)
    }

    private func place(_ host: String) throws(LaunchError) -> any NodePlace {
        guard let place = places[host] else { throw LaunchError("there is no place for host \(host)") }
        return place
    }

    /// A tracker that listens everywhere is known by its host's address.
    private func reachable(_ endpoints: TrackerEndpoints) -> TrackerEndpoints {
        endpoints.reached(at: topology.host(named: topology.tracker.host)?.address ?? "127.0.0.1")
    }

    private static func first(of endpoints: AsyncStream<TrackerEndpoints>) async -> TrackerEndpoints? {
        await withTaskGroup { group in
            group.addTask {
                var iterator = endpoints.makeAsyncIterator()
                return await iterator.next()
            }
            group.addTask {
                try? await Task.sleep(for: trackerPatience)
                return nil
            }
            defer { group.cancelAll() }
            return await group.next() ?? nil
        }
    }
}
