import Dispatch
import GossipCore
import Synchronization

/// Runs with faults for many seeds, and what they came to together.
package struct FaultCampaign: Sendable {
    /// Cycles before a broken invariant that the report of it tells of.
    private static let reportedCycles: UInt64 = 3

    package let seeds: ClosedRange<UInt64>
    /// Whether messages pass through the frames of the wire.
    package var encodesMessages = false
    /// Cores to use; the results do not depend on it.
    package var workers = 1

    package init(seeds: ClosedRange<UInt64>) {
        self.seeds = seeds
    }

    /// Runs them all.
    /// - Parameter progress: called now and then, on any thread, with the number of seeds done.
    package func run(progress: @escaping @Sendable (Int) -> Void = { _ in }) -> FaultSummary {
        let count = Int(seeds.upperBound - seeds.lowerBound + 1)
        let summary = Mutex(FaultSummary())
        let next = Atomic<Int>(0)
        DispatchQueue.concurrentPerform(iterations: max(1, min(workers, count))) { _ in
            while case let index = next.add(1, ordering: .relaxed).oldValue, index < count {
                let outcome = outcome(of: seeds.lowerBound + UInt64(index))
                let done = summary.withLock { summary in
                    summary.add(outcome)
                    return summary.runs
                }
                progress(done)
            }
        }
        return summary.withLock { $0 }
    }

    /// Runs one seed; one that breaks an invariant is run again, with a log of its last cycles.
    package func outcome(of seed: UInt64) -> FaultOutcome {
        var plan = FaultPlan(seed: seed)
        plan.swarm.encodesMessages = encodesMessages
        let outcome = FaultRun(plan).run()
        guard let violation = outcome.violation else { return outcome }
        let before = plan.swarm.interval * Self.reportedCycles
        let start = TimePoint(nanoseconds: violation.at.since(TimePoint(nanoseconds: before.nanoseconds)).nanoseconds)
        return FaultRun(plan, logStart: start).run()
    }
}
