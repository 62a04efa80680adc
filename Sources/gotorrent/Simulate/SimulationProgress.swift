import GossipCore
import GossipSimulation
import Reporting
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A line on the terminal while a simulation takes long; nothing where there is no terminal.
final class SimulationProgress: Sendable {
    private struct State {
        var terminal: LiveTerminal
        var shownAt: ContinuousClock.Instant
        var hasShown = false
    }

    /// A simulation that ends within this says nothing.
    private static let patience = Duration.milliseconds(300)

    private let describe: @Sendable (_ runs: Int, _ cycle: Cycle) -> String
    private let state: Mutex<State>

    convenience init(_ parameters: SimulationParameters) {
        let runs = parameters.runs
        self.init { done, cycle in runs > 1 ? "run \(done) of \(runs)" : "cycle \(cycle)" }
    }

    /// - Parameter describe: how far it is, from the runs that are done and the cycle of a single run.
    init(_ describe: @escaping @Sendable (_ runs: Int, _ cycle: Cycle) -> String) {
        self.describe = describe
        state = Mutex(State(terminal: LiveTerminal(STDERR_FILENO), shownAt: .now))
    }

    func show(runs done: Int, cycle: Cycle) {
        state.withLock { state in
            guard state.terminal.features.isLive, ContinuousClock.now - state.shownAt > Self.patience else { return }
            state.shownAt = .now
            state.hasShown = true
            state.terminal.show([TextLine("simulating: \(describe(done, cycle))")])
        }
    }

    /// Takes the line away.
    func finish() {
        state.withLock { state in
            guard state.hasShown else { return }
            state.terminal.show([])
            state.terminal.finish()
        }
    }
}
