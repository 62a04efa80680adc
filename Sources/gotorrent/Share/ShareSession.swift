import GossipCore
import GossipNode
import Logging
import Metainfo
import Reporting
import ZeroMQ

/// `gotorrent share`: a tracker that gives out the metafiles, and a seed for each file.
struct ShareSession: Sendable {
    /// Members in an answer to `get_peers`: a few more than a node draws, so that it soon knows enough of them.
    private static let sampleSize = 20

    private static let firstInterval = TimeSpan.milliseconds(100)

    let paths: [String]
    let hosts: ShareHosts
    /// Nil to choose one for each file.
    let chunkSize: UInt32?
    /// Δ; nil to begin with `firstInterval`, and to go on with what the lines need.
    let interval: TimeSpan?
    /// Of all seeds together.
    let uploadLimit: RateLimit?
    /// Keys and the allow-list; nil to share with everyone.
    let security: SecuritySetup?
    let metrics: MetricsOptions
    let display: ProgressDisplay
    let log: Logger

    /// Shares until the task is cancelled; then every seed leaves before the tracker goes.
    func run() async throws {
        try await NodeRuntime.with(security, log: log) { runtime in
            try await metrics.serving(runtime, gate: security?.gate, log: log) { registry in
                try await display.showing { try await share(on: runtime, registry) }
            }
        }
    }

    private func share(on runtime: NodeRuntime, _ registry: MetricsRegistry?) async throws {
        var configuration = TrackerNodeConfiguration(
            bindEndpoint: hosts.bindEndpoint, interval: interval ?? Self.firstInterval,
            randomSeed: UInt64.random(in: .min ... .max))
        configuration.choosesInterval = interval == nil
        configuration.membership.sampleSize = Self.sampleSize
        configuration.security = security?.ofTracker
        configuration.metrics = registry
        // The port first: where it is taken, nothing is hashed for nothing.
        let tracker = TrackerNode(configuration, context: runtime.context, loop: runtime.loop, log: log)
        let endpoints = try await tracker.start()
        do {
            try await share(at: try ShareAddress(endpoints, hosts), tracker, runtime, registry)
        } catch {
            await tracker.stop()
            throw error
        }
        await tracker.stop()
    }

    private func share(
        at address: ShareAddress, _ tracker: TrackerNode, _ runtime: NodeRuntime, _ registry: MetricsRegistry?
    ) async throws {
        let torrents = try await describeAll(address.tracker)
        for torrent in torrents { try await tracker.serve(torrent.content.metafile) }
        if address.isLoopback {
            display.show(
                .line(
                    TextLine(
                        "only this machine reaches \(address.tracker.host); --advertise HOST names another address")))
        }
        try await withThrowingTaskGroup { group in
            for (number, torrent) in torrents.enumerated() {
                var configuration = try configuration(torrent.content, number: number, of: torrents.count, address)
                configuration.metrics = registry
                let seed = PeerNode(
                    configuration, context: runtime.context, loop: runtime.loop, workers: runtime.workers, log: log)
                group.addTask { _ = try await seed.run(dataPath: torrent.path) }
            }
            try await group.waitForAll()
        }
    }

    private struct Torrent: Sendable {
        let path: String
        let content: DescribedContent
    }

    /// Hashes every file, one after the other.
    private func describeAll(_ tracker: TrackerURI) async throws -> [Torrent] {
        var torrents: [Torrent] = []
        for path in paths {
            let content = try await describe(path, tracker)
            if let twin = torrents.first(where: { $0.content.metafile.infoHash == content.metafile.infoHash }) {
                throw UsageError("\(path) and \(twin.path) are the same torrent; share one of them")
            }
            torrents.append(Torrent(path: path, content: content))
        }
        return torrents
    }

    @concurrent
    private func describe(_ path: String, _ tracker: TrackerURI) async throws -> DescribedContent {
        try Task.checkCancellation()
        let reporter = HashingReporter(path.split(separator: "/").last.map(String.init) ?? path, display)
        defer { reporter.finish() }
        let size = chunkSize ?? ChunkSizeChoice.chunkSize(forLength: ContentLength.of(path))
        return try Metafile.describingContent(path, chunkSize: size, tracker: tracker) { reporter.note($0, of: $1) }
    }

    private func configuration(
        _ content: DescribedContent, number: Int, of count: Int, _ address: ShareAddress
    ) throws -> PeerNodeConfiguration {
        let metafile = content.metafile
        // The seed is on this machine, where the advertised address may not lead back to.
        let local = try Metafile(decoding: metafile.encoded, tracker: address.local)
        let gossip = GossipOptions.usual(chunkSize: metafile.layout.chunkSize)
        var configuration = PeerNodeConfiguration(
            name: "seed-\(ProcessNumber.current)" + (number > 0 ? "-\(number + 1)" : ""), role: .seed,
            metafile: local, gossip: gossip, randomSeed: UInt64.random(in: .min ... .max))
        configuration.described = content
        configuration.nodeCount = count
        configuration.bindEndpoint = address.peerBind
        configuration.advertisedHost = address.tracker.host
        configuration.busSubscribeEndpoint = address.busSubscribe
        configuration.busPublishEndpoint = address.busPublish
        configuration.expectedInterval = interval ?? Self.firstInterval
        configuration.uploadLimit = uploadLimit
        configuration.security = security?.ofTracker
        let announcement = ShareAnnouncement(metafile, address, key: security?.keys.publicKey, display)
        display.follow(&configuration)
        configuration.onStatus = { [shown = configuration.onStatus] status in
            announcement.announceOnce()
            shown?(status)
        }
        return configuration
    }
}
