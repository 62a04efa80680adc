import HTTPText
import Logging
import Metrics
import ZeroMQ

/// A process's metrics, served over HTTP.
///
/// The actor runs on the event loop's thread, which owns the server's socket.
package actor MetricsNode {
    /// The port where nothing else is said: none of the tracker's, of its bus, or of the page.
    package static let defaultPort: UInt16 = 6990

    /// Where the process's nodes tell of themselves.
    package nonisolated let registry: MetricsRegistry

    private nonisolated let loop: EventLoop
    private let context: Context
    private let log: Logger
    private var server: MetricsServer?

    package nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    /// - Parameters:
    ///   - context: outlives this.
    ///   - loop: that of the nodes; outlives this.
    package init(context: Context, loop: EventLoop, log: Logger) {
        self.context = context
        self.loop = loop
        self.log = log
        registry = MetricsRegistry(loop: loop)
    }

    /// Listens, from before the first node until the last has ended.
    /// - Parameters:
    ///   - gate: of a secured swarm, which counts bans; nil of an open one.
    /// - Returns: where it listens.
    /// - Throws: `NodeError` that names the address that could not be bound.
    @discardableResult
    package func start(
        at address: ListenAddress, gate: AccessGate?, patience: Duration = MetricsServer.patience
    ) throws(NodeError) -> ListenAddress {
        let server = try MetricsServer(
            address, registry: registry, patience: patience, in: context, on: loop, log: log)
        self.server = server
        if let gate {
            _ = registry.add { set in
                set.add(ProcessMetrics.banned, gate.bannedCount)
                set.add(ProcessMetrics.refusedHandshakes, gate.refusedHandshakes)
            }
        }
        log.info("metrics are served", metadata: ["at": "http://\(server.address)\(ScrapeAnswer.path)"])
        return server.address
    }

    package func stop() {
        server?.close()
        server = nil
    }
}
