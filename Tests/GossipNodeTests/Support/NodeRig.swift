import GossipCore
import GossipNode
import GossipWire
import HTTPText
import Metainfo
import TestSupport
import Testing
import ZeroMQ

/// One seed or peer with a tracker, a bus and neighbours that are the test's.
final class NodeRig {
    struct Settings: Sendable {
        var role = NodeRole.seed
        var content = Samples.text
        var chunkSize: UInt32 = 1
        /// Whether the metafile is of the kind of BEP 52.
        var isStandard = false
        /// Whether the node knows no more of it than the info dictionary.
        var knowsInfoAlone = false
        var gossip = GossipParameters(style: .pull, fanout: 1)
        var stay: TimeSpan?
        var refreshInterval = TimeSpan.seconds(2)
        /// What the tracker names: peers that the test plays.
        var neighbourCount = 0
        /// What the tracker names beside them.
        var strangers: [String] = []
        /// What is in the folder before the node starts; the whole file for a seed.
        var files: [String: [UInt8]] = [:]
        /// Nodes that share the process's memory.
        var nodeCount = 1
        /// Bytes a second of the upload limit; nil for none.
        var uploadRate: UInt64?
        /// The name of a trace in the folder; nil for none.
        var traceName: String?
        /// Links that stay open unused.
        var keptLinks = 32
        /// Whether it tells its metrics.
        var servesMetrics = false
        /// Told where the node stands.
        var onStatus: (@Sendable (NodeStatus) -> Void)?
    }

    let stage: Stage
    let tracker: Watched<FakeTracker.State>
    let bus: FakeBus
    let neighbours: [FakePeer]
    let log: CapturedLog
    let folder: TemporaryFolder
    let torrent: [UInt8]
    /// The whole of it, whatever the node knows.
    let metafile: Metafile
    /// Where the node's ROUTER listens.
    private(set) var endpoint = ""
    /// Where its metrics are; nil where it tells none.
    let metrics: ListenAddress?
    private let fakeTracker: FakeTracker
    private var fences = 0
    fileprivate let work: Task<PeerNode.Ending, any Error>

    fileprivate init(
        _ settings: Settings, _ stage: Stage, _ runtime: Runtime, _ tracker: FakeTracker, trackerEndpoint: String,
        _ folder: TemporaryFolder, _ log: CapturedLog, metrics: (address: ListenAddress, registry: MetricsRegistry)?
    ) throws {
        self.stage = stage
        self.metrics = metrics?.address
        self.tracker = tracker.state
        fakeTracker = tracker
        self.folder = folder
        self.log = log
        bus = try FakeBus(stage)
        neighbours = try (0..<settings.neighbourCount).map { _ in try FakePeer(stage) }
        let members = neighbours.map(\.reference) + settings.strangers.compactMap { PeerReference($0) }
        tracker.state.update { $0.members = members }

        metafile =
            settings.isStandard
            ? try Samples.standard(settings.content, chunkSize: settings.chunkSize, tracker: trackerEndpoint)
            : try Samples.metafile(settings.content, chunkSize: settings.chunkSize, tracker: trackerEndpoint)
        torrent = metafile.infoHash.bytes
        var configuration = PeerNodeConfiguration(
            name: "node", role: settings.role,
            metafile: settings.knowsInfoAlone ? Metafile(metafile.info, tracker: metafile.tracker) : metafile,
            gossip: settings.gossip, randomSeed: 1)
        configuration.bindEndpoint = "tcp://127.0.0.1:*"
        configuration.advertisedHost = "127.0.0.1"
        configuration.busSubscribeEndpoint = bus.endpoints.subscribe
        configuration.busPublishEndpoint = bus.endpoints.publish
        configuration.expectedInterval = .milliseconds(40)
        configuration.stay = settings.stay
        configuration.nodeCount = settings.nodeCount
        configuration.uploadLimit = settings.uploadRate.map { RateLimit(rateBytesPerSecond: $0) }
        configuration.refreshInterval = settings.refreshInterval
        configuration.onStatus = settings.onStatus
        configuration.keptLinks = settings.keptLinks
        configuration.metrics = metrics?.registry
        configuration.tracePath = settings.traceName.map { folder.path($0) }
        for (name, bytes) in settings.files { try folder.write(name, bytes) }
        if settings.role == .seed { try folder.write(Samples.name, settings.content) }
        let node = PeerNode(
            configuration, context: runtime.context, loop: runtime.loop, workers: runtime.workers, log: log.logger)
        work = Task { try await node.run(dataPath: folder.path) }
    }

    /// Returns when the node is announced, knows its peers and hears the bus.
    fileprivate func awaitNode() throws {
        // The second question comes when the first answer has been learnt.
        try #require(tracker.wait { $0.announced != nil && $0.questions >= 2 })
        endpoint = try #require(tracker.current.announced).endpoint
        try bus.awaitSubscriber()
    }

    /// Begins a cycle at the node, and returns when it has begun.
    /// - Parameter interval: Δ in milliseconds; a long one, so that no holdover disturbs the test.
    /// - Returns: the node's report about the cycle before.
    @discardableResult
    func tick(_ cycle: Cycle, interval: UInt64 = 3_600_000) throws -> ProgressReport {
        try bus.send(cycle, interval: interval)
        return try bus.nextProgress()
    }

    /// Returns when the node has read all that a neighbour answered before: it logs the fence, and counts it as refused.
    func fence(_ neighbour: FakePeer) throws {
        fences += 1
        let text = "fence \(fences)."
        try neighbour.send(Frames.text("GT1", "error", "malformed", text))
        try #require(log.lines.wait { $0.contains { $0.metadata["error"]?.hasSuffix(text) == true } })
    }

    /// A link to the node.
    func client(identity: [UInt8]? = nil) throws -> Socket {
        try stage.connected(.dealer, to: endpoint, identity: identity)
    }

    func message(_ verb: String, _ cycle: UInt64, _ rest: [UInt8]...) -> [[UInt8]] {
        Frames.text("GT1", verb) + [torrent, Frames.number(cycle)] + rest
    }

    func pull(_ cycle: UInt64, _ chunk: UInt32) -> [[UInt8]] { message("pull", cycle, Frames.number(chunk)) }

    func push(_ cycle: UInt64, _ chunk: UInt32, _ data: [UInt8]) -> [[UInt8]] {
        message("push", cycle, Frames.number(chunk), data)
    }

    /// The chunk that a `pull` asks for.
    static func chunk(of frames: [[UInt8]]) -> UInt32? {
        guard frames.count == 5, frames[1] == Array("pull".utf8), frames[4].count == 4 else { return nil }
        return frames[4].reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// What a peer that holds the classic text answers to a `pull`.
    static func answer(to frames: [[UInt8]]) -> [[UInt8]] {
        guard let chunk = chunk(of: frames) else { return [[]] }
        return Frames.text("GT1", "chunk") + Array(frames[2...]) + [[Samples.text[Int(chunk)]]]
    }

    func stopTracker() { wait { await $0.stop() } }

    func restartTracker() { wait { _ = try? await $0.start() } }

    private func wait(for body: @escaping @Sendable (FakeTracker) async -> Void) {
        let isDone = Watched(false)
        Task { [fakeTracker] in
            await body(fakeTracker)
            isDone.update { $0 = true }
        }
        #expect(isDone.wait { $0 })
    }

    /// Tells the node to stop.
    func cancel() { work.cancel() }

    /// Runs a node, and `body` on a thread that may block.
    /// - Returns: how the node ended; by cancellation, unless it ended before.
    @discardableResult
    static func run(
        _ settings: Settings, _ body: @Sendable (NodeRig) throws -> Void
    ) async throws -> Result<PeerNode.Ending, any Error> {
        try await Runtime.with { runtime in
            let tracker = FakeTracker(runtime)
            let trackerEndpoint = try await tracker.start()
            let folder = try TemporaryFolder()
            let log = CapturedLog()
            let server = MetricsNode(context: runtime.context, loop: runtime.loop, log: log.logger)
            let address =
                settings.servesMetrics
                ? try await server.start(at: ListenAddress(host: ListenAddress.loopback, port: 0), gate: nil) : nil
            let outcome = try await runtime.stage { stage in
                let rig = try NodeRig(
                    settings, stage, runtime, tracker, trackerEndpoint: trackerEndpoint, folder, log,
                    metrics: address.map { ($0, server.registry) })
                return (
                    work: rig.work,
                    result: Result {
                        try rig.awaitNode()
                        try body(rig)
                    }
                )
            }
            outcome.work.cancel()
            let ending = await outcome.work.result
            await server.stop()
            await tracker.stop()
            if case .failure = outcome.result { Issue.record("the node logged \(log.lines.current)") }
            try outcome.result.get()
            return ending
        }
    }
}
