import ProgramSupport
import Reporting
import Topology

/// A run that was detached, found again.
struct DetachedSession: Sendable {
    private let directory: RunDirectory
    private let run: DetachedRun
    private let topology: TopologyDescription

    /// - Parameter path: its run directory.
    init(_ path: String) throws {
        run = try DetachedRun(reading: path)
        directory = RunDirectory(path: path)
        topology = try TopologyParser.parse(path: directory.topology)
    }

    /// Says of each node whether it runs.
    /// - Returns: whether all do.
    func status() async throws -> Bool {
        let states = try await HostFleet.with(topology, settings: settings()) { try await $0.states() }
        var areAllRunning = true
        for host in states.keys.sorted() {
            for node in states[host] ?? [] {
                Console.result("\(host) \(node.name) \(node.ending ?? "running, process \(node.process)")")
                if node.ending != nil { areAllRunning = false }
            }
        }
        return areAllRunning
    }

    /// Ends the nodes, brings home what they left, and removes the run from the hosts.
    /// - Throws: `LaunchError` where a peer's copy is not whole.
    func stop(_ collection: HostFleet.Collection, keepsCopies: Bool) async throws {
        var settings = try settings()
        settings.keepsCopies = keepsCopies
        try await HostFleet.with(topology, settings: settings) { fleet in
            try await fleet.takeOver()
            try await fleet.collect(
                collection, data: { directory.data(of: $0) }, traces: directory.traces, logs: directory.logs)
            await fleet.remove()
            run.remove()
            try await fleet.compareCopies()
        }
        Console.result("every peer holds a verified copy; \(directory.path)")
    }

    private func settings() throws -> HostSettings {
        var settings = try HostOptions.settings(directory, run: run)
        settings.isDetached = true
        settings.isAttaching = true
        return settings
    }
}
