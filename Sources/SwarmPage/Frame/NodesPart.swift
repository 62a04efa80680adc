import GossipCore
import GossipWire

/// The table of nodes, column by column.
package struct NodesPart: Encodable, Equatable, Sendable {
    /// Rows at most; of more nodes those that hold least are shown.
    static let mostRows = 512

    /// What a node is doing, as far as the bus tells.
    package enum State: String, Encodable, Sendable {
        case seed, complete, working, stalled, silent, left, failed
        /// It joined and has not reported yet.
        case joining
    }

    package var name: [String] = []
    package var role: [String] = []
    package var held: [UInt32] = []
    /// Of its newest report.
    package var cycle: [UInt64] = []
    package var bytesPerSecond: [UInt64] = []
    package var useful: [UInt64] = []
    package var redundant: [UInt64] = []
    package var missed: [UInt64] = []
    package var late: [UInt64] = []
    package var state: [State] = []
    /// Why it is stalled, or for how many cycles it is silent; mostly empty.
    package var note: [String] = []
    /// Nodes that are not listed, and how many of them are complete.
    package var hidden = 0
    package var hiddenComplete = 0

    package init() {}

    mutating func add(
        _ node: String, _ report: ProgressReport?, role: String, state: State, note: String, rate: Double?
    ) {
        name.append(node)
        self.role.append(role)
        held.append(report?.chunksHeld ?? 0)
        cycle.append(report?.cycle ?? 0)
        bytesPerSecond.append(UInt64(max(0, rate ?? 0)))
        useful.append(report?.messages.useful ?? 0)
        redundant.append(report?.messages.redundant ?? 0)
        missed.append(report?.messages.missed ?? 0)
        late.append(report?.messages.late ?? 0)
        self.state.append(state)
        self.note.append(note)
    }
}
