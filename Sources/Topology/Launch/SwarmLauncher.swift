import GossipCore
import GossipNode
import Subprocess
import Synchronization

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Starts a topology's processes on this machine and keeps them running.
package struct SwarmLauncher: Sendable {
    /// Where everything lies.
    package struct Paths: Sendable {
        /// The `gotorrent` to start.
        package var executable: String
        package var metafile: String
        /// Where a node's log goes.
        package var log: @Sendable (String) -> String
        /// Where a peer downloads to.
        package var data: @Sendable (String) -> String
        /// Where a node records its events and actions; nil where it does not.
        package var trace: @Sendable (String) -> String?

        package init(
            executable: String, metafile: String, log: @escaping @Sendable (String) -> String,
            data: @escaping @Sendable (String) -> String,
            trace: @escaping @Sendable (String) -> String? = { _ in nil }
        ) {
            self.executable = executable
            self.metafile = metafile
            self.log = log
            self.data = data
            self.trace = trace
        }
    }

    /// How long the tracker may take to say where it listens.
    private static let trackerPatience = Duration.seconds(10)

    private let topology: TopologyDescription
    private let paths: Paths

    package init(_ topology: TopologyDescription, paths: Paths) {
        self.topology = topology
        self.paths = paths
    }

    /// Runs the tracker and then the nodes until the task is cancelled, and ends them all before it returns.
    /// - Parameter trackerIsUp: called once the tracker listens, before any node starts; writes the metafile.
    /// - Throws: `LaunchError` that names the process that ended of its own accord, with the last lines of its log.
    package func run(trackerIsUp: @escaping @Sendable (TrackerEndpoints) async throws -> Void) async throws {
        let (endpoints, continuation) = AsyncStream.makeStream(of: TrackerEndpoints.self)
        try await withThrowingTaskGroup { group in
            group.addTask {
                try await keepRunning(NodeCommand.tracker(of: topology)) { line in
                    guard let said = try? JSONDecoder().decode(TrackerEndpoints.self, from: Data(line.utf8)) else {
                        return
                    }
                    continuation.yield(said)
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
        _ endpoints: TrackerEndpoints?, _ trackerIsUp: @Sendable (TrackerEndpoints) async throws -> Void
    ) async throws {
        guard let endpoints else {
            try Task.checkCancellation()
            throw LaunchError(
                "the tracker did not come up within \(Self.trackerPatience)"
                    + LogTail(paths.log(NodeCommand.trackerName)).text)
        }
        try await trackerIsUp(endpoints)
        try await withThrowingTaskGroup { group in
            for node in topology.nodes {
                let dataPath = node.role == .seed ? topology.torrent.file : paths.data(node.name)
                let command = NodeCommand.node(
                    node, of: topology, metafile: paths.metafile, dataPath: dataPath,
                    trace: paths.trace(node.name), endpoints: endpoints)
                group.addTask { try await keepRunning(command) { _ in } }
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    /// Runs a process that is not meant to end.
    private func keepRunning(
        _ command: NodeCommand, onLine: @Sendable (String) async throws -> Void
    ) async throws {
        let process = NodeProcess(
            executable: paths.executable, command: command, logPath: paths.log(command.name))
        let status = try await process.run(onLine: onLine)
        try Task.checkCancellation()
        throw LaunchError("\(command.name) ended (\(status))" + LogTail(paths.log(command.name)).text)
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
