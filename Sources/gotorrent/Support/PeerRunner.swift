import GossipNode
import Logging
import Metainfo

/// Runs a seed or a peer as the whole of a process.
struct PeerRunner: Sendable {
    let torrent: TorrentArgument
    /// The seed's file, or the peer's folder.
    let dataPath: String
    /// Where a metafile that a link names is kept; nil where it is not.
    let metafileFolder: String?
    let display: ProgressDisplay
    let log: Logger
    let stopWithParent: Bool

    /// - Parameter configuration: what the node is told, made of the metafile when it is there.
    /// - Returns: the metafile of what was transferred.
    func run(
        _ configuration: @escaping @Sendable (Metafile) throws -> PeerNodeConfiguration
    ) async throws -> Metafile {
        try await Interruption.stopping {
            if stopWithParent { ParentWatch.start() }
            return try await NodeRuntime.with { runtime in
                try await display.showing {
                    let metafile = try await torrent.metafile(keptIn: metafileFolder, runtime)
                    var configuration = try configuration(metafile)
                    display.follow(&configuration)
                    let node = PeerNode(
                        configuration, context: runtime.context, loop: runtime.loop, workers: runtime.workers,
                        log: log)
                    _ = try await node.run(dataPath: dataPath)
                    return metafile
                }
            }
        }
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
