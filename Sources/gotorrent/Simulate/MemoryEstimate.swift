import GossipSimulation
import Topology

/// What a simulation will need, so that one that does not fit is refused before it starts.
struct MemoryEstimate {
    let bytes: UInt64
    private let available: UInt64

    init(_ parameters: SimulationParameters, workers: Int, available: UInt64 = Machine.memoryBytes) {
        let swarms = min(parameters.runs, workers)
        bytes = SynchronousSwarm.estimatedBytes(parameters) * UInt64(swarms)
        self.available = available
    }

    func check() throws {
        guard bytes > available else { return }
        throw UsageError(
            "this simulation needs about \(Self.text(bytes)) of memory and the machine has \(Self.text(available)); "
                + "simulate fewer nodes or chunks")
    }

    private static func text(_ bytes: UInt64) -> String {
        bytes >= 1 << 30 ? "\((bytes + (1 << 30) - 1) >> 30) GiB" : "\((bytes + (1 << 20) - 1) >> 20) MiB"
    }
}
