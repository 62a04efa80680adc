import GossipCore

/// What a run with faults came to.
package struct FaultOutcome: Sendable {
    package let plan: FaultPlan
    /// The first broken invariant; nil where all held.
    package let violation: Violation?
    /// From the end of the faults until every honest peer was complete.
    package let livenessCycles: UInt64
    package let bound: LivenessBound
    /// Honest nodes that were there at the end, and how many of them were complete when the faults ended.
    package let peers: Int
    package let completeBefore: Int
    /// How often each kind of fault happened.
    package let faults: [String: Int]
    package let counts: MessageCounts
    package let events: UInt64
    package let lostMessages: UInt64
    /// The fingerprint of every message.
    package let trace: UInt64
    package let log: [String]

    package var shareOfBound: Double { Double(livenessCycles) / Double(max(1, bound.cycles)) }

    /// The command that runs this seed again.
    package var replay: String {
        "gotorrent torture --from-seed \(plan.seed) --count 1" + (plan.swarm.encodesMessages ? " --encoded" : "")
    }

    /// What people need to look for the cause; nil where nothing is wrong.
    package var report: String? {
        guard let violation else { return nil }
        return """
            \(log.joined(separator: "\n"))

            seed \(plan.seed): \(violation)
            the swarm: \(plan.description)
            replay it: \(replay)
            """
    }
}
