import GossipNode
import GossipSimulation

/// What a simulation took of the machine, for people who compare versions.
struct SimulationCost {
    private let start = ContinuousClock.now

    /// One line: time, memory, and the processor time of a node and cycle, which is what does not depend on the size.
    func text(_ result: SimulationResult) -> String {
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        let processor = ProcessUsage.processorSeconds
        let steps = Double(result.cycleCount) * Double(result.parameters.nodes)
        let cost = steps > 0 ? "\(Int((processor / steps * 1e9).rounded())) ns a node and cycle" : "no cycle"
        return "\(Self.rounded(seconds)) s, \(Self.rounded(processor)) s of processor time, "
            + "at most \(ProcessUsage.peakMemoryBytes >> 20) MiB; \(result.cycleCount) cycles, \(cost)"
    }

    private static func rounded(_ seconds: Double) -> Double { (seconds * 100).rounded() / 100 }
}
