import GossipCore
import GossipNode
import Metainfo
import ProgramSupport
import Reporting
import Topology

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// One run of a topology, from the first process to the closing table.
struct RunSession: Sendable {
    private let topology: TopologyDescription
    private let directory: RunDirectory
    private let settings: RunSettings
    private let page: RunPage?
    private let startedAt: UTCTime

    /// Makes the run directory; nothing is started yet.
    /// - Throws: `MetafileError` where no metafile can describe the file, `ReportingError` where the directory cannot be
    ///   made.
    init(_ topology: TopologyDescription, _ settings: RunSettings) throws {
        try Self.checkFile(of: topology)
        if let fault = topology.addressFault { throw UsageError(fault) }
        if settings.isInProcess, let fault = Self.inProcessFault(topology, settings.hosts) { throw UsageError(fault) }
        if settings.admitted != nil, topology.security == .none {
            throw UsageError("--admit names keys, and the run is an open one; --security curve closes it")
        }
        self.topology = topology
        self.settings = settings
        page = settings.web.map { RunPage($0, name: topology.name, beginsHeld: settings.beginsHeld) }
        startedAt = .now
        if let output = settings.output {
            directory = try RunDirectory.create(at: output)
        } else {
            directory = try RunDirectory.create(
                name: topology.name, style: topology.gossip.style.rawValue, at: startedAt)
        }
    }

    /// Runs the swarm, and records it whatever comes of it.
    /// - Throws: what went wrong; `CancellationError` where it was interrupted. Every process has ended by then.
    func run() async throws {
        guard let page else { return try await runAndRecord() }
        try await withThrowingTaskGroup { group in
            group.addTask { await page.work() }
            defer { group.cancelAll() }
            try await runAndRecord()
        }
    }

    private func runAndRecord() async throws {
        if settings.recordsTraces { try directory.makeTraces() }
        try OutputFile.write(topology.render(), to: directory.topology)
        let start = ContinuousClock.now
        let layout = try fileLayout()
        let follower = try RunFollower(
            topology, directory: directory, chunkCount: layout.chunkCount, terminal: LiveTerminal(STDERR_FILENO))
        var failure: (any Error)?
        do {
            try await work(follower)
        } catch {
            failure = error
        }
        let isLeft = settings.hosts.detach && failure == nil
        let records = try await follower.finish(isLeft ? nil : Self.ending(failure))
        if isLeft { return Console.result(directory.path) }
        let elapsed = (ContinuousClock.now - start) / .seconds(1)
        let summary = RunSummary(
            parameters: parameters(layout), isCompleted: failure == nil, cycles: records.completionCycle,
            lastCycle: records.lastCycle, completePeers: records.completePeers, totals: records.totals,
            wallSeconds: elapsed, startedAt: startedAt)
        try OutputFile.write(summary.json, to: directory.summary)
        let hasFigures = await drawFigures(summary)
        if let failure {
            if !(failure is CancellationError) { Console.note("the run is recorded in \(directory.path)") }
            throw failure
        }
        let table = ClosingTable(summary, directory: directory, hasFigures: hasFigures)
        let features = TerminalFeatures.detect(STDOUT_FILENO)
        for line in table.lines { Console.result(line.text(isColored: features.isColored)) }
    }

    /// How the record says that the run ended: of a reason its first line, for logs may be quoted below it.
    private static func ending(_ failure: (any Error)?) -> (kind: HistoryEntry.Kind, reason: String) {
        guard let failure else { return (.runCompleted, "") }
        let reason = failure is CancellationError ? "interrupted" : "\(failure)"
        return (.runFailed, reason.split(whereSeparator: \.isNewline).first.map(String.init) ?? "")
    }

    /// Runs the swarm on this machine and, where the topology names others, there; checks and brings home what came of
    /// it.
    private func work(_ follower: RunFollower) async throws {
        let local = localPlace
        var places: [String: any NodePlace] = [:]
        for host in topology.usedHosts where host.ssh == nil { places[host.name] = local }
        guard !HostFleet.hosts(of: topology, isDetached: settings.hosts.detach).isEmpty else {
            try await follow(follower, places)
            return try await compareCopies()
        }
        let run = DetachedRun(directory: directory.path)
        let access = try settings.hosts.settings(directory, run: run)
        let warning = topology.security == .curve ? "" : "; nothing between hosts is encrypted (security: none)"
        Console.note("gotorrent: connecting to \(topology.remoteHostsText)\(warning)")
        try await HostFleet.with(topology, settings: access) { [places] fleet in
            let remote = fleet.places(recordsTraces: settings.recordsTraces)
            do {
                try await follow(follower, places.merging(remote) { $1 }, fleet: fleet)
            } catch {
                // What hosts recorded may tell why. Those that answer no more cannot be asked.
                try? await collect(.records, from: fleet)
                throw error
            }
            if settings.hosts.detach { return try run.write() }
            try await compareCopies()
            try await fleet.compareCopies()
            try await collect(settings.hosts.collect, from: fleet)
        }
    }

    private func collect(_ collection: HostFleet.Collection, from fleet: HostFleet) async throws {
        let directory = directory
        try await fleet.collect(
            collection, data: { directory.data(of: $0) }, traces: directory.traces, logs: directory.logs)
    }

    /// Starts everything and returns when every peer has reported that it is complete; all processes have ended then.
    ///
    /// Of a run that is to be detached it returns once the clock ticks, and all processes go on.
    private func follow(
        _ follower: RunFollower, _ places: [String: any NodePlace], fleet: HostFleet? = nil
    ) async throws {
        try await NodeRuntime.with { runtime in
            let subscriber = BusSubscriber(context: runtime.context, loop: runtime.loop)
            let keys =
                topology.security == .curve
                ? try SwarmKeys(for: topology, admitted: settings.admitted ?? AllowList()) : nil
            do {
                try await withThrowingTaskGroup { group in
                    group.addTask {
                        try await launch(places, keys) { endpoints in
                            try writeMetafile(endpoints)
                            try await subscriber.start(
                                endpoint: endpoints.busSubscribe,
                                credentials: keys.map { ($0.watcher, $0.trackerKey) })
                            if let keys, settings.admitted != nil { Self.inviteMonitors(endpoints, keys) }
                            page?.open(bus: endpoints.busSubscribe, keys: keys?.watcherCredentials)
                            return metafilePath
                        }
                    }
                    group.addTask {
                        guard settings.hosts.detach else { return try await follower.follow(subscriber.deliveries) }
                        try await follower.followUntilTick(subscriber.deliveries)
                        try await fleet?.detach()
                    }
                    group.addTask { try await follower.watch() }
                    defer { group.cancelAll() }
                    try await group.next()
                }
            } catch {
                await subscriber.stop()
                throw error
            }
            await subscriber.stop()
        }
    }

    /// Says how those who were let in besides the nodes watch the run.
    private static func inviteMonitors(_ endpoints: TrackerEndpoints, _ keys: SwarmKeys) {
        Console.note(
            "gotorrent: watch it by: gotorrent monitor \(endpoints.busSubscribe) --key KEYFILE "
                + "--tracker-key \(keys.trackerKey.hex)")
    }

    /// Runs the tracker and the nodes, as processes or in this one, until the task is cancelled.
    private func launch(
        _ places: [String: any NodePlace], _ keys: SwarmKeys?,
        trackerIsUp: @escaping @Sendable (TrackerEndpoints) async throws -> String
    ) async throws {
        let log = { @Sendable [directory] in directory.log(of: $0) }
        if settings.isInProcess {
            try await LocalSwarm(
                topology, place: localPlace, recordsTraces: settings.recordsTraces, clockCommands: page?.commands,
                log: log, logger: { [format = settings.logFormat] in FileLog.logger($0, path: log($0), format) }
            )
            .run(trackerIsUp: trackerIsUp)
        } else {
            try await SwarmLauncher(
                topology, places: places, keys: keys, clockCommands: page?.commands,
                options: settings.logFormat == .text ? [] : ["--log-format", settings.logFormat.rawValue], log: log
            ).run(trackerIsUp: trackerIsUp)
        }
    }

    /// Why the nodes cannot all be in this process; nil where they can.
    private static func inProcessFault(_ topology: TopologyDescription, _ hosts: HostOptions) -> String? {
        if topology.usedHosts.contains(where: { $0.ssh != nil }) {
            return
                "--in-process is for swarms on this machine; the topology places nodes on \(topology.remoteHostsText)"
        }
        if topology.security == .curve {
            return "--in-process is for open swarms: a process has one key, and its nodes would have nothing to prove; "
                + "run them as processes, or with --security none"
        }
        return hosts.detach ? "--in-process and --detach do not go together: what goes on is this process" : nil
    }

    private var localPlace: LocalPlace {
        let (directory, recordsTraces) = (directory, settings.recordsTraces)
        return LocalPlace(
            executable: ExecutablePath.current, metafile: metafilePath, source: topology.torrent.file,
            log: { directory.log(of: $0) }, data: { directory.data(of: $0) },
            trace: { recordsTraces ? directory.trace(of: $0) : nil })
    }

    private var metafilePath: String { "\(directory.path)/\(topology.name).torrent" }

    private func writeMetafile(_ endpoints: TrackerEndpoints) throws {
        let tracker = try TrackerURI(endpoints.requests)
        let metafile = try Metafile.describing(
            topology.torrent.file, chunkSize: UInt32(topology.torrent.chunkSize), tracker: tracker)
        try WholeFile.write(metafile.encoded, to: metafilePath)
    }

    private func fileLayout() throws -> ChunkLayout { try Self.layout(topology.torrent) }

    private static func layout(_ torrent: TorrentDescription) throws -> ChunkLayout {
        try ChunkLayout(length: FileComparison.size(of: torrent.file), chunkSize: UInt32(torrent.chunkSize))
    }

    /// Refuses what the metafile, which is written once the tracker is up, would refuse then.
    private static func checkFile(of topology: TopologyDescription) throws {
        let path = topology.torrent.file
        do {
            try FileName.check(fileName(path))
            let layout = try layout(topology.torrent)
            try Metafile.checkLimits(layout)
            if let fault = topology.gossip.fault(chunkCount: layout.chunkCount) {
                throw UsageError("\(path): \(fault)")
            }
        } catch let error as MetafileError {
            throw error.naming(path)
        }
    }

    private static func fileName(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? "" }

    /// The file of every peer on this machine against the source, byte for byte.
    private func compareCopies() async throws {
        let name = Self.fileName(topology.torrent.file)
        for peer in topology.peers where topology.host(named: peer.host)?.ssh == nil {
            let copy = "\(directory.data(of: peer.name))/\(name)"
            if let difference = try FileComparison.firstDifference(topology.torrent.file, copy) {
                throw LaunchError("\(peer.name)'s copy, \(copy), differs from the source at byte \(difference)")
            }
        }
    }

    private func drawFigures(_ summary: RunSummary) async -> Bool {
        guard settings.drawsFigures, summary.lastCycle > 0 || summary.isCompleted else { return false }
        do {
            try await Figures(directory).draw(
                parameters: summary.parameters, nodes: topology.recordedNodes, totals: summary.totals,
                lastCycle: summary.lastCycle)
            return true
        } catch {
            Console.note("gotorrent: \(error)")
            return false
        }
    }

    private func parameters(_ layout: ChunkLayout) -> RunParameters {
        RunParameters(
            name: topology.name, gossip: topology.gossip, intervalMilliseconds: topology.cycle.wholeMilliseconds,
            seedCount: topology.seeds.count, peerCount: topology.peers.count, chunkCount: layout.chunkCount,
            chunkSize: topology.torrent.chunkSize, fileBytes: layout.length)
    }
}

extension TopologyDescription {
    /// The nodes as records and tables list them.
    var recordedNodes: [RecordedNode] { nodes.map { RecordedNode(name: $0.name, role: $0.role) } }
}
