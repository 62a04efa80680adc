import GossipCore
import GossipNode
import Metainfo
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
    private let drawsFigures: Bool
    private let recordsTraces: Bool
    private let startedAt: UTCTime

    /// Makes the run directory; nothing is started yet.
    /// - Throws: `MetafileError` where no metafile can describe the file, `ReportingError` where the directory cannot be
    ///   made.
    init(_ topology: TopologyDescription, output: String?, drawsFigures: Bool, recordsTraces: Bool) throws {
        try Self.checkFile(of: topology)
        self.topology = topology
        self.drawsFigures = drawsFigures
        self.recordsTraces = recordsTraces
        startedAt = .now
        if let output {
            directory = try RunDirectory.create(at: output)
        } else {
            directory = try RunDirectory.create(
                name: topology.name, style: topology.gossip.style.rawValue, at: startedAt)
        }
    }

    /// Runs the swarm, and records it whatever comes of it.
    /// - Throws: what went wrong; `CancellationError` where it was interrupted. Every process has ended by then.
    func run() async throws {
        if recordsTraces { try directory.makeTraces() }
        try OutputFile.write(topology.render(), to: directory.topology)
        let start = ContinuousClock.now
        let layout = try fileLayout()
        let follower = try RunFollower(
            topology, directory: directory, chunkCount: layout.chunkCount, terminal: LiveTerminal(STDERR_FILENO))
        var failure: (any Error)?
        do {
            try await follow(follower)
            try await compareCopies()
        } catch {
            failure = error
        }
        let records = try await follower.finish()
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

    /// Starts everything and returns when every peer has reported that it is complete; all processes have ended then.
    private func follow(_ follower: RunFollower) async throws {
        try await NodeRuntime.with { runtime in
            let subscriber = BusSubscriber(context: runtime.context, loop: runtime.loop)
            let launcher = SwarmLauncher(topology, paths: paths)
            do {
                try await withThrowingTaskGroup { group in
                    group.addTask {
                        try await launcher.run { endpoints in
                            try writeMetafile(endpoints)
                            try await subscriber.start(endpoint: reachable(endpoints.busSubscribe))
                        }
                    }
                    group.addTask { try await follower.follow(subscriber.deliveries) }
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

    private var paths: SwarmLauncher.Paths {
        let (directory, recordsTraces) = (directory, recordsTraces)
        return SwarmLauncher.Paths(
            executable: ExecutablePath.current, metafile: metafilePath, log: { directory.log(of: $0) },
            data: { directory.data(of: $0) }, trace: { recordsTraces ? directory.trace(of: $0) : nil })
    }

    private var metafilePath: String { "\(directory.path)/\(topology.name).torrent" }

    private func writeMetafile(_ endpoints: TrackerEndpoints) throws {
        let tracker = try TrackerURI(reachable(endpoints.requests))
        let metafile = try Metafile.describing(
            topology.torrent.file, chunkSize: UInt32(topology.torrent.chunkSize), tracker: tracker)
        try WholeFile.write(metafile.encoded, to: metafilePath)
    }

    /// An endpoint as others reach it: a tracker that listens everywhere is known by its host's address.
    private func reachable(_ endpoint: String) -> String {
        let host = topology.host(named: topology.tracker.host)?.address ?? "127.0.0.1"
        return "tcp://\(host):\(endpoint.split(separator: ":").last ?? "")"
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

    /// Every peer's file against the source, byte for byte.
    private func compareCopies() async throws {
        let name = Self.fileName(topology.torrent.file)
        for peer in topology.peers {
            let copy = "\(directory.data(of: peer.name))/\(name)"
            if let difference = try FileComparison.firstDifference(topology.torrent.file, copy) {
                throw LaunchError("\(peer.name)'s copy, \(copy), differs from the source at byte \(difference)")
            }
        }
    }

    private func drawFigures(_ summary: RunSummary) async -> Bool {
        guard drawsFigures, summary.lastCycle > 0 || summary.isCompleted else { return false }
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
