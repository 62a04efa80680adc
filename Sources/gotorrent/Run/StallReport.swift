import GossipCore
import Reporting
import Topology

/// Why a swarm gets nowhere, as far as the bus tells.
struct StallReport {
    /// A node reports each cycle at the next tick; one that is further behind has fallen silent.
    private static let honestLag: Cycle = 3
    private let reason: String
    /// Whose logs may tell more; the first one's is quoted.
    private let suspects: [String]

    /// - Parameters:
    ///   - joined: names of the nodes that announced themselves.
    ///   - lastReports: the newest cycle that each node reported.
    ///   - lastRecord: the last cycle of which there is a record; nil before the first.
    ///   - tick: the clock's last cycle; 0 before the first.
    ///   - isClockSilent: whether it is ticks that do not come any more.
    init(
        _ topology: TopologyDescription, joined: Set<String>, lastReports: [String: Cycle], lastRecord: CycleRecord?,
        tick: Cycle, isClockSilent: Bool
    ) {
        let names = topology.nodes.map(\.name)
        if tick == 0 {
            let missing = names.filter { !joined.contains($0) }
            suspects = missing.isEmpty ? [NodeCommand.trackerName] : missing
            reason =
                missing.isEmpty
                ? "the clock did not start, though every node announced itself"
                : "the clock did not start: \(missing.joined(separator: ", ")) did not announce themselves"
        } else if isClockSilent {
            suspects = [NodeCommand.trackerName]
            reason = "the clock fell silent after cycle \(tick)"
        } else {
            let silent = names.filter { (lastReports[$0] ?? 0) + Self.honestLag < tick }
            suspects = silent
            let incomplete = (lastRecord?.nodes ?? []).filter { node in
                node.node.role == .peer && node.chunksHeld < (lastRecord?.chunkCount ?? 0)
            }
            let facts =
                silent.map { name in
                    lastReports[name].map { "\(name) said nothing since cycle \($0)" } ?? "\(name) said nothing"
                } + incomplete.map { "\($0.node.name) holds \($0.chunksHeld) of \(lastRecord?.chunkCount ?? 0)" }
            reason =
                "no peer got a chunk for more than \(topology.stallTimeoutCycles) cycles, up to cycle \(tick)"
                + (facts.isEmpty ? "" : ": " + facts.joined(separator: ", "))
        }
    }

    /// The reason, with the last lines of a log that may tell more.
    /// - Parameter logs: where a node's log is.
    func text(logs: (String) -> String) -> String {
        reason + (suspects.first.map { LogTail(logs($0)).text } ?? "")
    }
}
