import GossipCore
import GossipWire
import Logging
import Metainfo
import ZeroMQ

/// A seed or a peer of one swarm.
///
/// The actor runs on its event loop's thread, which owns the node's sockets.
package actor PeerNode {
    /// How a node's work ended, where it did not fail.
    package enum Ending: Equatable, Sendable {
        /// The file is whole, and was served for as long as the node was told to stay.
        case completed
        /// The node was told to stop.
        case stopped
    }

    private nonisolated let loop: EventLoop
    private nonisolated let configuration: PeerNodeConfiguration
    private let context: Context
    private let workers: WorkerPool
    private let log: Logger

    package nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    /// - Parameters:
    ///   - context: outlives the node.
    ///   - loop: may be shared with other nodes; outlives the node.
    ///   - workers: hash and write for it; may be shared likewise.
    package init(
        _ configuration: PeerNodeConfiguration, context: Context, loop: EventLoop, workers: WorkerPool, log: Logger
    ) {
        self.configuration = configuration
        self.context = context
        self.loop = loop
        self.workers = workers
        self.log = log
    }

    /// Takes part in the swarm until the work is done or the task is cancelled, then leaves it.
    /// - Parameter dataPath: for a seed the file to serve, or the folder that holds it; for a peer the folder to
    ///   download to.
    /// - Throws: `NodeError` where the node cannot start or go on; what was verified stays on the disk.
    package func run(dataPath: String) async throws -> Ending {
        let chunkCount = configuration.metafile.layout.chunkCount
        if let fault = configuration.gossip.fault(chunkCount: chunkCount) {
            throw NodeError(.contents, fault)
        }
        if configuration.wantedFiles != nil, configuration.gossip.chunkSelection == .coded {
            throw NodeError(
                .contents,
                "with the selection coded files come all at once; to fetch some of them the swarm must take another")
        }
        if configuration.metafile.lacksHashes, let fault = Self.proofFault(configuration.gossip) {
            throw NodeError(.contents, fault)
        }
        let store = try await Self.openStore(configuration, dataPath: dataPath, workers)
        let (outcomes, continuation) = AsyncStream.makeStream(of: PeerShell.Outcome.self)
        let shell = try PeerShell(
            configuration, store: store, workers: workers, context: context, loop: loop, log: log
        ) {
            continuation.yield($0)
        }
        defer { shell.close() }
        try shell.start()
        let outcome = await withTaskCancellationHandler {
            var iterator = outcomes.makeAsyncIterator()
            return await iterator.next()
        } onCancel: {
            continuation.yield(.success(.stopped))
        }
        if case .failure(let error) = outcome {
            shell.publishEvent(.failed, reason: error.description)
        } else {
            shell.publishEvent(.left)
        }
        await withCheckedContinuation { left in shell.leave { left.resume() } }
        await withCheckedContinuation { settled in shell.whenSettled { settled.resume() } }
        return try outcome?.get() ?? .stopped
    }

    /// The links that a node uses in a cycle: at most where single chunks are exchanged, usually in bulk, where those who
    /// drew it are drawn in return.
    package static func linksOfCycle(_ gossip: GossipParameters) -> Int {
        guard gossip.exchange == .single else { return 3 * gossip.fanout }
        let pushed = gossip.style == .pull ? 0 : gossip.fanout
        let asked =
            switch (gossip.style, gossip.chunkSelection.digestNeed) {
            case (.push, _): 0
            // To know what is rare, more are asked than drawn.
            case (_, .peerSet): max(gossip.fanout, PeerConfiguration.standardDigestLimit)
            default: gossip.fanout
            }
        return pushed + asked
    }

    /// Why chunks cannot come with their proofs in a swarm; nil where they can.
    package static func proofFault(_ gossip: GossipParameters) -> String? {
        if gossip.chunkSelection == .coded {
            return
                "with the selection coded no chunk comes by itself, and so none with a proof; fetch the whole metafile"
        }
        guard gossip.exchange == .single, gossip.style == .push else { return nil }
        return "with the style push chunks come unasked, and so without proofs; fetch the whole metafile"
    }

    /// Hashes what is on the disk, away from the event loop.
    @concurrent
    private static func openStore(
        _ configuration: PeerNodeConfiguration, dataPath: String, _ workers: WorkerPool
    ) async throws -> ChunkStore {
        let metafile = configuration.metafile
        return switch configuration.role {
        case .seed:
            try await ChunkStore.complete(
                metafile, at: dataPath, workers: workers, described: configuration.described,
                progress: configuration.onScan)
        case .peer:
            try await ChunkStore.resuming(
                metafile, in: dataPath, wanted: configuration.wantedFiles, workers: workers,
                progress: configuration.onScan)
        }
    }
}
