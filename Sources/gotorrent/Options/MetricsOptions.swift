import ArgumentParser
import GossipNode
import HTTPText
import Logging

/// Whether, and where, the process tells its metrics.
struct MetricsOptions: ParsableArguments {
    @Option(
        name: .customLong("metrics"),
        help: ArgumentHelp(
            """
            Serve metrics for Prometheus at /metrics, on HOST:PORT, HOST or PORT; port 0 takes any free one. Beyond \
            loopback everyone who reaches it may read them. (default: off; --metrics alone: \
            127.0.0.1:\(MetricsNode.defaultPort))
            """, valueName: "address"))
    var address: String?

    func validate() throws {
        guard address == nil || listenAddress != nil else {
            throw ValidationError(
                "--metrics \(address ?? ""): the address must be HOST:PORT, HOST or PORT, the host in digits or localhost, "
                    + "such as 0.0.0.0:\(MetricsNode.defaultPort)")
        }
    }

    /// Nil where no metrics are wanted.
    private var listenAddress: ListenAddress? {
        guard let address else { return nil }
        let text = address == AddressArgument.standard ? ListenAddress.loopback : address
        return ListenAddress(text, defaultPort: MetricsNode.defaultPort)
    }

    /// Serves metrics, where they are wanted, as long as `body` works.
    /// - Parameters:
    ///   - gate: of a secured swarm.
    ///   - body: given where its nodes are to tell of themselves; nil where nobody asks.
    func serving<Result: Sendable>(
        _ runtime: NodeRuntime, gate: AccessGate?, log: Logger, _ body: (MetricsRegistry?) async throws -> Result
    ) async throws -> Result {
        guard let listenAddress else { return try await body(nil) }
        let metrics = MetricsNode(context: runtime.context, loop: runtime.loop, log: log)
        try await metrics.start(at: listenAddress, gate: gate)
        do {
            let result = try await body(metrics.registry)
            await metrics.stop()
            return result
        } catch {
            await metrics.stop()
            throw error
        }
    }
}
