import GossipNode
import Logging

/// Runs a seed or a peer as the whole of a process.
enum PeerRunner {
    /// - Parameter dataPath: the seed's file, or the peer's folder.
    static func run(
        _ configuration: PeerNodeConfiguration, dataPath: String, log: Logger, stopWithParent: Bool
    ) async throws -> PeerNode.Ending {
        try await Interruption.stopping {
            if stopWithParent { ParentWatch.start() }
            return try await NodeRuntime.with { runtime in
                let node = PeerNode(
                    configuration, context: runtime.context, loop: runtime.loop, workers: runtime.workers, log: log)
                return try await node.run(dataPath: dataPath)
            }
        }
    }
}
