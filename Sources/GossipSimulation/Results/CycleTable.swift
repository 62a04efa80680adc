import GossipCore

/// What many runs came to, cycle by cycle, for curves with their bands.
///
/// It keeps a few bytes for each cycle of each run, so it is asked for where it is wanted (`recordsCycles`).
package struct CycleTable: Equatable, Sendable {
    /// One cycle over all runs.
    package struct Row: Equatable, Sendable {
        package let cycle: Cycle
        /// The average fraction of the file that the peers hold at the cycle's end. A finished run stays in as it ended.
        package let fraction: Statistics
        /// Means a run of that cycle alone, over all nodes. A finished run adds nothing.
        package let sent, useful, redundant, missed, late: Double
    }

    /// Chunks held by a run's peers, after cycle 0, 1, ….
    private var curves: [[UInt64]] = []
    /// Sums over the runs, for cycle 0, 1, ….
    private var sums: [MessageCounts] = []

    mutating func add(_ outcome: RunOutcome) {
        curves.append(outcome.chunksHeld)
        while sums.count < outcome.chunksHeld.count { sums.append(MessageCounts()) }
        for (index, messages) in outcome.messages.enumerated() {
            // Nothing happens before cycle 1.
            sums[index + 1].sent += UInt64(messages.sent)
            sums[index + 1].useful += UInt64(messages.useful)
            sums[index + 1].redundant += UInt64(messages.redundant)
            sums[index + 1].missed += UInt64(messages.missed)
            sums[index + 1].late += UInt64(messages.late)
        }
    }

    /// One row a cycle, from 0 to the end of the longest run.
    /// - Parameter whole: the chunks that the peers of a finished run hold.
    func rows(whole: UInt64) -> [Row] {
        let runs = Double(curves.count)
        return sums.indices.compactMap { cycle in
            let fractions = curves.map { curve in
                whole == 0 ? 1 : Double(curve[min(cycle, curve.count - 1)]) / Double(whole)
            }
            guard let fraction = Statistics(fractions) else { return nil }
            let sum = sums[cycle]
            return Row(
                cycle: Cycle(cycle), fraction: fraction, sent: Double(sum.sent) / runs,
                useful: Double(sum.useful) / runs, redundant: Double(sum.redundant) / runs,
                missed: Double(sum.missed) / runs, late: Double(sum.late) / runs)
        }
    }
}
