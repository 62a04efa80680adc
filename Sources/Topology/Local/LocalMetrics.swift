import GossipNode
import HTTPText
import Logging
import ZeroMQ

/// The metrics of a process with several event loops: each tells of its own nodes, on a port of its own.
struct LocalMetrics: Sendable {
    private let nodes: [MetricsNode]

    /// Listens for the first loop at an address, and for each of the others on one of the ports after that.
    /// - Parameter address: nil where nobody asks for metrics.
    static func start(
        at address: ListenAddress?, context: Context, loops: [EventLoop], log: Logger
    ) async throws -> LocalMetrics {
        guard let address else { return LocalMetrics(nodes: []) }
        let metrics = LocalMetrics(nodes: loops.map { MetricsNode(context: context, loop: $0, log: log) })
        do {
            for (number, node) in metrics.nodes.enumerated() {
                let port = address.port == 0 ? 0 : UInt16(clamping: Int(address.port) + number)
                try await node.start(at: ListenAddress(host: address.host, port: port), gate: nil)
            }
        } catch {
            await metrics.stop()
            throw error
        }
        return metrics
    }

    /// Where the nodes of a loop tell of themselves; nil where nobody asks.
    func registry(ofLoop number: Int) -> MetricsRegistry? { nodes.isEmpty ? nil : nodes[number].registry }

    func stop() async {
        for node in nodes { await node.stop() }
    }
}
