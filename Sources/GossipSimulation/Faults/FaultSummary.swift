import GossipCore

/// Many runs with faults, together.
package struct FaultSummary: Sendable {
    package private(set) var runs = 0
    /// Those that broke an invariant, by seed.
    package private(set) var failures: [FaultOutcome] = []
    package private(set) var events: UInt64 = 0
    package private(set) var counts = MessageCounts()
    package private(set) var lostMessages: UInt64 = 0
    package private(set) var faults: [String: Int] = [:]
    /// Nodes that were complete when the faults ended, and all honest ones.
    package private(set) var completeBefore = 0
    package private(set) var peers = 0
    /// The run that came closest to its bound.
    package private(set) var closest: FaultOutcome?

    mutating func add(_ outcome: FaultOutcome) {
        runs += 1
        events += outcome.events
        counts += outcome.counts
        lostMessages += outcome.lostMessages
        completeBefore += outcome.completeBefore
        peers += outcome.peers
        for (name, count) in outcome.faults { faults[name, default: 0] += count }
        if outcome.violation != nil {
            failures.append(outcome)
            failures.sort { $0.plan.seed < $1.plan.seed }
        } else if isCloser(outcome) {
            closest = outcome
        }
    }

    /// Ties go to the lower seed, so that the order in which runs end does not matter.
    private func isCloser(_ outcome: FaultOutcome) -> Bool {
        guard let closest else { return true }
        return (outcome.shareOfBound, closest.plan.seed) > (closest.shareOfBound, outcome.plan.seed)
    }

    /// One JSON object on one line.
    package var json: String {
        let faults = faults.sorted { $0.key < $1.key }.map { "\"\($0.key)\": \($0.value)" }
        let counts = MessageCounts.fields.map { "\"\($0.name)\": \(self.counts[keyPath: $0.path])" }
        let failed = failures.map { "\($0.plan.seed)" }
        let share = closest.map { "\(($0.shareOfBound * 1_000).rounded() / 1_000)" } ?? "null"
        let members = [
            "\"runs\": \(runs)", "\"failed_seeds\": [\(failed.joined(separator: ", "))]", "\"events\": \(events)",
            "\"lost_messages\": \(lostMessages)", "\"nodes\": \(peers)",
            "\"nodes_complete_before_faults_ended\": \(completeBefore)", "\"greatest_share_of_bound\": \(share)",
            "\"its_seed\": \(closest.map { "\($0.plan.seed)" } ?? "null")",
            "\"faults\": {\(faults.joined(separator: ", "))}", "\"messages\": {\(counts.joined(separator: ", "))}",
        ]
        return "{" + members.joined(separator: ", ") + "}"
    }
}
