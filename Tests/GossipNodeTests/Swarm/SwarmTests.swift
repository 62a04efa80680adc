import GossipCore
import GossipNode
import GossipWire
import Logging
import Metainfo
import TestSupport
import Testing
import ZeroMQ

/// A tracker, a seed and five peers in one process, over real sockets.
@Suite(.serialized, .timeLimit(.minutes(10)))
struct SwarmTests {
    struct Rules: Sendable, CustomTestStringConvertible {
        let gossip: GossipParameters
        /// Whether each node has a thread of its own, or all share one.
        let isSpread: Bool
        var chunkSize: UInt32 = 1
        /// Whether the peers begin with the info dictionary alone.
        var withProofs = false
        var content = Samples.text

        var testDescription: String {
            "\(gossip.style.rawValue) \(gossip.chunkSelection.rawValue) \(gossip.separation.rawValue) "
                + (isSpread ? "on threads of their own" : "on one thread")
        }

        static let all = GossipStyle.allCases.flatMap { style in
            ChunkSelection.allCases.flatMap { selection in
                Separation.allCases.map { separation in
                    let gossip = GossipParameters(
                        style: style, fanout: 2, chunkSelection: selection, separation: separation)
                    return Rules(gossip: gossip, isSpread: (selection == .random) == (separation == .strict))
                }
            }
        }
    }

    private static let peerCount = 5

    @Test(arguments: Rules.all)
    func everyPeerGetsTheFile(_ rules: Rules) async throws {
        let folders = try (0...Self.peerCount).map { _ in try TemporaryFolder() }
        try folders[0].write(Samples.name, Samples.text)
        let swarm = try await run(rules, folders)

        for folder in folders { #expect(try folder.read(Samples.name) == Samples.text && folder.names.count == 1) }
        let peers = swarm.end.filter { $0.key != "node-0" }.values
        let useful = peers.reduce(0) { $0 + $1.messages.useful + $1.messages.lateKept }
        #expect(useful == UInt64(Self.peerCount * Samples.text.count))
        if rules.gossip.separation == .strict { #expect(peers.allSatisfy { $0.messages.useful == 9 }) }
        #expect(swarm.end["node-0"]?.messages.useful == 0)
        #expect(swarm.end.values.allSatisfy { $0.messages.corrupt == 0 })
        // What a node that is ten times slower does not get to in time is beyond its bounds.
        if !Sanitizer.isOn { #expect(swarm.end.values.allSatisfy { $0.messages.refused == 0 }) }

        // Every message is counted once where it ends, after it was counted where it began; in between it is on its
        // way, for eight cycles at most.
        let (middle, end) = (Totals(swarm.middle), Totals(swarm.end))
        #expect(middle.sent > 0)
        #expect(end.ended >= middle.sent, "\(middle) \(end)")
        #expect(middle.ended <= end.sent + end.twice, "\(middle) \(end)")
    }

    /// A file of 97 chunks, the last one short, exchanged in bulk.
    @Test(arguments: Separation.allCases, [false, true])
    func everyPeerGetsTheFileInBulk(separation: Separation, isSpread: Bool) async throws {
        let gossip = GossipParameters(
            style: .pushPull, fanout: 2, chunkSelection: .rarestFirst, separation: separation,
            exchange: .bulk)
        let rules = Rules(
            gossip: gossip, isSpread: isSpread, chunkSize: 32 << 10, content: Samples.bytes(96 << 15 + 1_000))
        let folders = try (0...Self.peerCount).map { _ in try TemporaryFolder() }
        try folders[0].write(Samples.name, rules.content)
        let swarm = try await run(rules, folders)

        for folder in folders {
            #expect(try folder.read(Samples.name) == rules.content && folder.names.count == 1)
        }
        let peers = swarm.end.filter { $0.key != "node-0" }.values
        let useful = peers.reduce(0) { $0 + $1.messages.useful + $1.messages.lateKept }
        #expect(useful == UInt64(Self.peerCount * 97))
        #expect(swarm.end.values.allSatisfy { $0.messages.corrupt == 0 })
        // What a node that is ten times slower does not get to in time is beyond its bounds.
        if !Sanitizer.isOn { #expect(swarm.end.values.allSatisfy { $0.messages.refused == 0 }) }
        if separation == .relaxed {
            // Where the machine stands still for a while a chunk may be given up and asked of another source, and come
            // twice.
            let twice = peers.reduce(0) { $0 + $1.messages.redundant + $1.messages.late - $1.messages.lateKept }
            #expect(twice <= useful / 20, "\(twice) of \(useful) came twice")
        }
        let sent = try #require(swarm.end["node-0"]).bytesSent
        #expect(sent >= UInt64(rules.content.count))
    }

    /// The peers know no hash of a chunk; each proves to others what came with proofs to it.
    @Test(arguments: ExchangeMode.allCases, Separation.allCases)
    func everyPeerGetsTheFileByProofs(exchange: ExchangeMode, separation: Separation) async throws {
        let gossip = GossipParameters(
            style: exchange == .bulk ? .pushPull : .pull, fanout: 2, chunkSelection: .rarestFirst,
            separation: separation, exchange: exchange)
        let rules = Rules(
            gossip: gossip, isSpread: exchange == .bulk, chunkSize: 16 << 10, withProofs: true,
            content: Samples.bytes((exchange == .bulk ? 96 : 20) << 14 + 1_000))
        let folders = try (0...Self.peerCount).map { _ in try TemporaryFolder() }
        try folders[0].write(Samples.name, rules.content)
        let swarm = try await run(rules, folders)

        let whole = try Samples.standard(rules.content, chunkSize: rules.chunkSize)
        for folder in folders.dropFirst() {
            #expect(folder.read(Samples.name) == rules.content)
            // The hashes are complete like the file, and kept as an ordinary metafile.
            let copy = ".\(whole.infoHash).torrent"
            #expect(try folder.names == [copy, Samples.name])
            #expect(try Metafile(decoding: folder.read(copy) ?? []).chunkHashes == whole.chunkHashes)
        }
        let peers = swarm.end.filter { $0.key != "node-0" }.values
        let useful = peers.reduce(0) { $0 + $1.messages.useful + $1.messages.lateKept }
        #expect(useful == UInt64(Self.peerCount) * UInt64(whole.layout.chunkCount))
        #expect(swarm.end.values.allSatisfy { $0.messages.corrupt == 0 })
        // What a node that is ten times slower does not get to in time is beyond its bounds.
        if !Sanitizer.isOn { #expect(swarm.end.values.allSatisfy { $0.messages.refused == 0 }) }
        #expect(peers.contains { $0.bytesSent > 0 })
    }

    private struct Totals: CustomStringConvertible {
        let counts: MessageCounts

        init(_ reports: [String: ProgressReport]) {
            counts = reports.values.reduce(into: MessageCounts()) { $0 += $1.messages }
        }

        var sent: UInt64 { counts.sent }

        var ended: UInt64 {
            counts.useful + counts.redundant + counts.missed + counts.late + counts.undelivered + counts.unanswered
                + counts.early
        }

        /// A pull that is early is dropped, and so it is never answered as well.
        var twice: UInt64 { counts.early }

        var description: String {
            MessageCounts.fields.map { "\($0.name)=\(counts[keyPath: $0.path])" }.joined(separator: " ")
        }
    }

    private struct Reports {
        /// Each node's report when the last one had completed, and twelve cycles later.
        var middle: [String: ProgressReport] = [:]
        var end: [String: ProgressReport] = [:]
    }

    private func run(_ rules: Rules, _ folders: [TemporaryFolder]) async throws -> Reports {
        try await Runtime.with { runtime in
            var loops: [EventLoop] = []
            let result: Result<Reports, any Error>
            do {
                if rules.isSpread {
                    loops = try folders.indices.map { try EventLoop(name: "node-\($0)") }
                }
                result = .success(try await run(rules, folders, runtime, loops))
            } catch {
                result = .failure(error)
            }
            for loop in loops { await loop.shutdown() }
            return try result.get()
        }
    }

    private func run(
        _ rules: Rules, _ folders: [TemporaryFolder], _ runtime: Runtime, _ loops: [EventLoop]
    ) async throws -> Reports {
        let log = CapturedLog()
        var configuration = TrackerNodeConfiguration(
            bindEndpoint: "tcp://127.0.0.1:*", interval: .milliseconds(50), randomSeed: 1)
        configuration.expectedMembers = folders.count
        let tracker = TrackerNode(configuration, context: runtime.context, loop: runtime.loop, log: log.logger)
        let endpoints = try await tracker.start()
        let monitor = BusSubscriber(context: runtime.context, loop: runtime.loop)
        try await monitor.start(endpoint: endpoints.busSubscribe)
        let metafile =
            rules.withProofs
            ? try Samples.standard(rules.content, chunkSize: rules.chunkSize, tracker: endpoints.requests)
            : try Samples.metafile(rules.content, chunkSize: rules.chunkSize, tracker: endpoints.requests)
        let infoAlone = Metafile(metafile.info, tracker: metafile.tracker)

        let reports = try await withThrowingTaskGroup(of: PeerNode.Ending.self) { group in
            for (number, folder) in folders.enumerated() {
                var configuration = PeerNodeConfiguration(
                    name: "node-\(number)", role: number == 0 ? .seed : .peer,
                    metafile: rules.withProofs && number > 0 ? infoAlone : metafile,
                    gossip: rules.gossip, randomSeed: UInt64(number))
                configuration.bindEndpoint = "tcp://127.0.0.1:*"
                configuration.busSubscribeEndpoint = endpoints.busSubscribe
                configuration.busPublishEndpoint = endpoints.busPublish
                configuration.expectedInterval = .milliseconds(50)
                let node = PeerNode(
                    configuration, context: runtime.context, loop: loops.isEmpty ? runtime.loop : loops[number],
                    workers: runtime.workers, log: log.logger)
                group.addTask { try await node.run(dataPath: folder.path) }
            }
            let reports = try await watch(monitor, nodeCount: folders.count)
            group.cancelAll()
            for try await ending in group { #expect(ending == .stopped) }
            return reports
        }
        #expect(log.lines.current.allSatisfy { $0.level < .error && $0.message != "wrong bytes" })
        await monitor.stop()
        await tracker.stop()
        return reports
    }

    /// Follows the bus until everyone was complete for twelve cycles.
    private func watch(_ monitor: BusSubscriber, nodeCount: Int) async throws -> Reports {
        var reports = Reports()
        var latest: [String: ProgressReport] = [:]
        for await delivery in monitor.deliveries {
            guard case .progress(let report)? = delivery.message else { continue }
            if let before = latest[report.node] {
                // Where the bus was held up for ten intervals, its old ticks look like a clock that counts anew.
                #expect(report.cycle > before.cycle || report.cycle + 10 <= before.cycle)
                #expect(report.chunksHeld >= before.chunksHeld)
            }
            latest[report.node] = report
            guard latest.count == nodeCount, latest.values.allSatisfy(\.isComplete) else { continue }
            if reports.middle.isEmpty { reports.middle = latest }
            let last = reports.middle.values.map(\.cycle).max() ?? 0
            if latest.values.allSatisfy({ $0.cycle >= last + 12 }) {
                reports.end = latest
                return reports
            }
            // Nobody is this slow: a swarm that stands still must not run until the time limit.
            try #require(report.cycle < 2_000)
        }
        return reports
    }
}
