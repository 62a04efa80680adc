import GossipCore

/// One step of a node's core, as the checkers see it.
struct HandledEvent: CustomStringConvertible {
    let event: PeerEvent
    var actions: [PeerAction]
    /// After the step.
    var counts: MessageCounts
    var cycle: Cycle

    var description: String {
        let done = actions.map { "\n                     > \(Self.text(of: $0))" }.joined()
        return Self.shortened("\(event)") + done
    }

    private static func text(of action: PeerAction) -> String {
        if case .reportProgress(let snapshot) = action {
            return "reportProgress(cycle: \(snapshot.cycle), held: \(snapshot.held.count))"
        }
        return shortened("\(action)")
    }

    /// Without the names of modules, and with digests cut off.
    private static func shortened(_ text: String) -> String {
        var result = ""
        for word in text.split(separator: "GossipCore.", omittingEmptySubsequences: false) { result += word }
        return result.count > 160 ? result.prefix(157) + "..." : result
    }
}

/// How a test breaks the nodes of a swarm, to see that the checkers notice.
struct Sabotage {
    /// What the core is told instead of an event.
    var event: (PeerEvent, SimulatedNode) -> PeerEvent = { event, _ in event }
    /// Changes what the core says.
    var outcome: (inout HandledEvent, SimulatedNode) -> Void = { _, _ in }
}
