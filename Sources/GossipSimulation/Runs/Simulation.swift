import Dispatch
import GossipCore
import Synchronization

/// Many independent runs of one swarm, each with a seed of its own drawn from the simulation's.
package struct Simulation: Sendable {
    package let parameters: SimulationParameters
    private let workers: Int
    private let recordsCycles: Bool

    /// - Parameters:
    ///   - workers: cores to use; the result does not depend on it.
    ///   - recordsCycles: whether the result tells each cycle's spread and messages.
    package init(_ parameters: SimulationParameters, workers: Int, recordsCycles: Bool = false) {
        self.parameters = parameters
        self.recordsCycles = recordsCycles
        self.workers = max(1, workers)
    }

    /// Runs them all: many at a time where there are many, a large one on all cores where there is one.
    /// - Parameter progress: called now and then, on any thread, with the runs done and the cycle of a single run.
    package func run(progress: @escaping @Sendable (_ runs: Int, _ cycle: Cycle) -> Void = { _, _ in })
        -> SimulationResult
    {
        let seeds = runSeeds
        guard parameters.runs > 1, workers > 1 else {
            var result = SimulationResult(parameters, recordsCycles: recordsCycles)
            for (index, seed) in seeds.enumerated() {
                let outcome = RunOutcome.of(
                    parameters, seed: seed, workers: workers, recordsCycles: recordsCycles
                ) { cycle in
                    progress(index, cycle)
                    return true
                }
                result.add(outcome)
            }
            return result
        }
        let done = Atomic<Int>(0)
        let outcomes = Outcomes(count: seeds.count)
        let batch = max(1, min(64, seeds.count / (workers * 8)))
        let batches = (seeds.count + batch - 1) / batch
        DispatchQueue.concurrentPerform(iterations: batches) { number in
            for index in (number * batch)..<min((number + 1) * batch, seeds.count) {
                let outcome = RunOutcome.of(parameters, seed: seeds[index], recordsCycles: recordsCycles)
                outcomes.set(outcome, at: index)
                progress(done.add(1, ordering: .relaxed).newValue, 0)
            }
        }
        var result = SimulationResult(parameters, recordsCycles: recordsCycles)
        for outcome in outcomes.all { result.add(outcome) }
        return result
    }

    private var runSeeds: [UInt64] {
        var generator = RandomGenerator(seed: parameters.seed)
        return (0..<parameters.runs).map { _ in generator.next() }
    }

    /// Results by the number of their run, whichever ended first.
    private final class Outcomes: Sendable {
        private let stored: Mutex<[RunOutcome?]>

        init(count: Int) {
            stored = Mutex(Array(repeating: nil, count: count))
        }

        func set(_ outcome: RunOutcome, at index: Int) {
            stored.withLock { $0[index] = outcome }
        }

        var all: [RunOutcome] { stored.withLock { $0.compactMap(\.self) } }
    }
}
