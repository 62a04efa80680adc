import GossipCore
import Reporting
import Topology

/// Why a swarm gets nowhere, as far as the bus tells.
struct StallReport {
    let text: String

    /// - Parameters:
    ///   - joined: names of the nodes that announced themselves.
    ///   - lastRecord: the last cycle of which there is a record; nil before the first.
    ///   - tick: the clock's last cycle; 0 before the first.
    init(_ topology: TopologyDescription, joined: Set<String>, lastRecord: CycleRecord?, tick: Cycle) {
        let missing = topology.nodes.map(\.name).filter { !joined.contains($0) }
        guard tick > 0 else {
            text =
                missing.isEmpty
                ? "the clock did not start, though every node announced itself"
                : "the clock did not start: \(missing.joined(separator: ", ")) did not announce themselves"
            return
        }
        let incomplete = (lastRecord?.nodes ?? []).filter { node in
            node.node.role == .peer && node.chunksHeld < (lastRecord?.chunkCount ?? 0)
        }
        let held = incomplete.map { "\($0.node.name) holds \($0.chunksHeld) of \(lastRecord?.chunkCount ?? 0)" }
        text =
            "no peer got a chunk for more than \(topology.stallTimeoutCycles) cycles, up to cycle \(tick)"
            + (held.isEmpty ? "" : ": " + held.joined(separator: ", "))
    }
}
