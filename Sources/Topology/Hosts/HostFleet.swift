import GossipCore
import Metainfo

/// The hosts of a run, all of their links up.
package struct HostFleet: Sendable {
    /// What comes home after a run.
    package enum Collection: String, CaseIterable, Sendable {
        case none
        /// Traces, and the logs of a run that was detached; others came while it ran.
        case records
        /// The peers' downloads as well.
        case all
    }

    let topology: TopologyDescription
    let settings: HostSettings
    /// By name.
    let links: [String: HostLink]

    /// The hosts on which something runs and that are reached by a link.
    /// - Parameter isDetached: whether this machine is, too, since nodes on it must outlive the launcher.
    package static func hosts(of topology: TopologyDescription, isDetached: Bool) -> [HostDescription] {
        let used = Set(topology.nodes.map(\.host) + [topology.tracker.host])
        return topology.hosts.filter { used.contains($0.name) && ($0.ssh != nil || isDetached) }
    }

    /// Connects to all hosts at once, checks them, runs `body`, and ends everything there.
    ///
    /// Whatever comes of it, nothing is left on a host that still answers, unless it was detached.
    /// - Throws: `LaunchError` that names every host that is of no use; what `body` throws.
    package static func with<Result: Sendable>(
        _ topology: TopologyDescription, settings: HostSettings,
        body: @Sendable (HostFleet) async throws -> Result
    ) async throws -> Result {
        let hosts = hosts(of: topology, isDetached: settings.isDetached)
        let size = FileProbe.size(topology.torrent.file)
        let links = hosts.map { host in
            let copies: Set<String> = Set(
                topology.nodes.filter { $0.host == host.name }.map { $0.role == .seed ? "" : $0.name })
            return HostLink(
                host, settings: settings, neededBytes: settings.isAttaching ? 0 : size * UInt64(copies.count))
        }
        let fleet = HostFleet(
            topology: topology, settings: settings,
            links: Dictionary(links.map { ($0.host.name, $0) }) { first, _ in first })
        // Not children of this task: the links must outlive its being cancelled, to end what is on the hosts.
        let tasks = links.map { link in (link, Task { await link.run() }) }
        let outcome: Swift.Result<Result, any Error>
        do {
            try await fleet.prepare()
            outcome = .success(try await body(fleet))
        } catch {
            outcome = .failure(error)
        }
        await withTaskGroup { group in
            for (link, task) in tasks { group.addTask { await link.close(task) } }
        }
        return try outcome.get()
    }

    /// The places where nodes run, by the host's name.
    package func places(recordsTraces: Bool) -> [String: any NodePlace] {
        let name = sourceName
        return links.mapValues { HostPlace(link: $0, sourceName: name, recordsTraces: recordsTraces) }
    }

    /// Lets the nodes go on when this process ends.
    package func detach() async throws {
        for link in links.values { await link.leave() }
        try await each { link in
            _ = try await link.ask(.detach)
            await link.expectEnd()
        }
    }

    /// The nodes of a run that was detached, by host.
    package func states() async throws -> [String: [AgentReport.NodeState]] {
        try await withThrowingTaskGroup(of: HostStates.self) { group in
            for (name, link) in links {
                group.addTask { HostStates(host: name, nodes: try await link.states()) }
            }
            var states: [String: [AgentReport.NodeState]] = [:]
            for try await host in group { states[host.host] = host.nodes }
            return states
        }
    }

    private struct HostStates: Sendable {
        let host: String
        let nodes: [AgentReport.NodeState]
    }

    /// Ends the nodes of a run that was detached.
    package func takeOver() async throws { try await each { _ = try await $0.ask(.takeOver) } }

    /// Has the folders of a run that was detached removed in the end: what was to be had of them is here.
    package func remove() async {
        for link in links.values { await link.removeRun() }
    }

    /// Brings home what the nodes left.
    /// - Parameter folders: where a node's data go, and the folders of traces and logs.
    package func collect(
        _ collection: Collection, data: @escaping @Sendable (String) -> String, traces: String, logs: String
    ) async throws {
        guard collection != .none else { return }
        let settings = settings
        let topology = topology
        try await each { link in
            try await link.collect("traces", into: traces)
            if settings.isAttaching { try await link.collect("logs", into: logs) }
            guard collection == .all else { return }
            for peer in topology.peers where peer.host == link.host.name {
                try await link.collect("data/\(peer.name)", into: data(peer.name))
            }
        }
    }

    /// Compares the peers' downloads on the hosts with the source, by their hashes.
    /// - Throws: `LaunchError` that names a peer whose copy is missing or another.
    package func compareCopies() async throws {
        guard let expected = Digest256(hashingFile: topology.torrent.file)?.description else {
            throw LaunchError("cannot read \(topology.torrent.file): \(FileProbe.lastError)")
        }
        let (topology, name) = (topology, sourceName)
        try await each { link in
            for peer in topology.peers where peer.host == link.host.name {
                guard try await link.digest(of: "data/\(peer.name)/\(name)") == expected else {
                    throw LaunchError("\(peer.name)'s copy on host \(link.host.name) differs from the source")
                }
            }
        }
    }

    /// Which hosts there are, for a note.
    package var names: [String] { links.keys.sorted() }

    private var sourceName: String { topology.torrent.file.split(separator: "/").last.map(String.init) ?? "" }

    /// Waits until all hosts are of use, and gives seeds their file.
    private func prepare() async throws {
        let ready = await withTaskGroup(of: (any Error)?.self) { group in
            for link in links.values { group.addTask { await Self.failure { try await prepare(link) } } }
            return await group.reduce(into: [any Error]()) { failures, failure in
                if let failure { failures.append(failure) }
            }
        }
        try Task.checkCancellation()
        guard !ready.isEmpty else { return }
        throw LaunchError(ready.map { "\($0)" }.sorted().joined(separator: "\n"))
    }

    private static func failure(_ body: () async throws -> Void) async -> (any Error)? {
        do {
            try await body()
            return nil
        } catch {
            return error
        }
    }

    private func prepare(_ link: HostLink) async throws {
        try await link.untilReady()
        guard !settings.isAttaching else { return }
        let nodes = topology.nodes.filter { $0.host == link.host.name }
        let ports = (topology.tracker.host == link.host.name ? topology.tracker.ports : []) + nodes.compactMap(\.port)
        if let port = try await link.taken(of: ports).first {
            throw link.faults.error(
                "something listens on port \(port) there already",
                byHand: link.transport.typed(["ss", "-ltnp", "sport", "=", ":\(port)"]))
        }
        if nodes.contains(where: { $0.role == .seed }) {
            let file = topology.torrent.file
            try await link.put(file, as: "source/\(sourceName)", digest: Digest256(hashingFile: file)?.description)
        }
    }

    /// Does something on all hosts at once.
    private func each(_ body: @escaping @Sendable (HostLink) async throws -> Void) async throws {
        try await withThrowingTaskGroup { group in
            for link in links.values { group.addTask { try await body(link) } }
            try await group.waitForAll()
        }
    }
}
