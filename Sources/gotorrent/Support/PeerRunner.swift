import GossipNode
import Logging
import Metainfo
import ProgramSupport
import Reporting

/// Runs seeds or peers as the whole of a process: a node a torrent, all on one event loop.
///
/// Where there are several, one that fails does not stop the others.
struct PeerRunner: Sendable {
    typealias Configure = @Sendable (Metafile, NodeShare) throws -> PeerNodeConfiguration
    typealias Outcome = PeerTransfer.Outcome

    /// At least one.
    let transfers: [PeerTransfer]
    /// Where all are downloaded to, and the metafiles that links name are kept; nil of seeds.
    let outputFolder: String?
    /// Of links, when to fetch the info dictionary alone.
    var proofs = ProofUse.never
    let display: ProgressDisplay
    let log: Logger
    let stopWithParent: Bool
    let security: SecurityOptions
    let metrics: MetricsOptions

    /// - Parameter configure: what a node is told, made of the metafile when it is there.
    /// - Returns: what came of each, in order. What failed among several is told already.
    /// - Throws: `UsageError` where they cannot be transferred together.
    func run(_ configure: @escaping Configure) async throws -> TransferOutcomes {
        try await Interruption.stopping {
            let setup = try security.setup()
            if stopWithParent { ParentWatch.start() }
            return try await NodeRuntime.with(setup, log: log) { runtime in
                try await metrics.serving(runtime, gate: setup?.gate, log: log) { registry in
                    try await display.showing { try await run(configure, setup, runtime, registry) }
                }
            }
        }
    }

    private func run(
        _ configure: @escaping Configure, _ setup: SecuritySetup?, _ runtime: NodeRuntime, _ registry: MetricsRegistry?
    ) async throws -> TransferOutcomes {
        var outcomes = await attempt(transfers.indices) { transfer in
            let swarm = try transfer.security(setup)
            return try await transfer.torrent.metafile(
                keptIn: outputFolder, security: swarm, proofs: proofs, runtime)
        }
        let metafiles = outcomes.compactMapValues { try? $0.get() }
        try checkTogether(metafiles)
        outcomes.merge(
            await attempt(metafiles.keys) { transfer in
                guard let metafile = metafiles[transfer.share.number] else { throw CancellationError() }
                try await run(transfer, metafile, configure, setup, runtime, registry)
                return metafile
            }
        ) { $1 }
        return TransferOutcomes(transfers, outcomes)
    }

    /// Does something with some of the transfers at once, and tells what fails while the others go on.
    private func attempt(
        _ numbers: some Sequence<Int>, _ body: @escaping @Sendable (PeerTransfer) async throws -> Metafile
    ) async -> [Int: Outcome] {
        await withTaskGroup(of: Attempt.self) { group in
            for number in numbers {
                let transfer = transfers[number]
                group.addTask { await Attempt(number: number, outcome: Self.outcome(transfer, body)) }
            }
            var outcomes: [Int: Outcome] = [:]
            while let attempt = await group.next() {
                outcomes[attempt.number] = attempt.outcome
                if case .failure(let error) = attempt.outcome { tell(error, of: transfers[attempt.number]) }
            }
            return outcomes
        }
    }

    private struct Attempt: Sendable {
        let number: Int
        let outcome: Outcome
    }

    private static func outcome(
        _ transfer: PeerTransfer, _ body: @Sendable (PeerTransfer) async throws -> Metafile
    ) async -> Outcome {
        do {
            return .success(try await body(transfer))
        } catch {
            return .failure(error)
        }
    }

    private func tell(_ error: any Error, of transfer: PeerTransfer) {
        guard transfers.count > 1, !Task.isCancelled else { return }
        // What is wrong with a metafile names it already.
        let (text, fault) = (transfer.text + ": ", "\(error)")
        display.show(.line(TextLine("gotorrent: " + (fault.hasPrefix(text) ? "" : text) + fault, .bad)))
    }

    /// Refuses what would be one swarm twice, or one file.
    private func checkTogether(_ metafiles: [Int: Metafile]) throws {
        var torrents: [InfoHash: Int] = [:]
        var names: [String: Int] = [:]
        for number in transfers.indices {
            guard let metafile = metafiles[number] else { continue }
            let text = transfers[number].text
            if let twin = torrents.updateValue(number, forKey: metafile.infoHash) {
                throw UsageError("\(transfers[twin].text) and \(text) are the same torrent; name one of them")
            }
            // Some file systems do not tell large and small letters apart.
            if let outputFolder, let twin = names.updateValue(number, forKey: metafile.name.lowercased()) {
                throw UsageError(
                    "\(transfers[twin].text) and \(text) would both be \(outputFolder)/\(metafile.name); get them one "
                        + "after the other, into different folders")
            }
        }
    }

    private func run(
        _ transfer: PeerTransfer, _ metafile: Metafile, _ configure: Configure, _ setup: SecuritySetup?,
        _ runtime: NodeRuntime, _ registry: MetricsRegistry?
    ) async throws {
        var configuration = try configure(metafile, transfer.share)
        configuration.security = try transfer.security(setup)
        configuration.metrics = registry
        display.follow(&configuration)
        var log = log
        if transfers.count > 1 { log[metadataKey: "name"] = "\(metafile.name)" }
        let node = PeerNode(
            configuration, context: runtime.context, loop: runtime.loop, workers: runtime.workers, log: log)
        _ = try await node.run(dataPath: transfer.dataPath)
    }
}

extension ProgressDisplay {
    /// Has a node tell how far it is, from the hashing of what is on the disk on.
    func follow(_ configuration: inout PeerNodeConfiguration) {
        guard mode != .none else { return }
        let reporter = HashingReporter(configuration.metafile.name, self)
        configuration.onScan = { reporter.note($0, of: $1) }
        configuration.onStatus = { show(.status($0)) }
    }
}
