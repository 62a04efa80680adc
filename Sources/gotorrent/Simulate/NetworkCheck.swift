import GossipCore
import GossipSimulation
import Topology

/// Whether anything could arrive on a simulated network, so that a simulation that cannot end is refused before it
/// starts.
struct NetworkCheck {
    /// What the tracker keeps in one torrent.
    static let nodeLimit = 1_000_000

    private let parameters: SimulationParameters

    init(_ parameters: SimulationParameters) {
        self.parameters = parameters
    }

    /// - Throws: `UsageError`, which says what would be right.
    func check() throws {
        guard let network = parameters.network else { return }
        guard parameters.nodes <= Self.nodeLimit else {
            throw UsageError(
                "a simulated network of \(parameters.nodes) nodes is too large; it must have at most "
                    + "\(Self.nodeLimit), or none of the network's options")
        }
        guard parameters.gossip.separation == .strict else { return }
        // A pull is one message there and one back.
        let isPull = !parameters.gossip.style.pushes
        let time = isPull ? network.chunkTime + network.conditions.delay : network.chunkTime
        guard time >= network.interval else { return }
        throw UsageError(
            "a chunk takes \(text(time)) and the cycle \(text(network.interval)), so with strict separation none would "
                + "arrive in its cycle; it must be a longer --cycle, smaller chunks, a faster network, or "
                + "--separation relaxed")
    }

    private func text(_ span: TimeSpan) -> String {
        DurationText.format(.milliseconds(Int64(clamping: span.milliseconds)))
    }
}
