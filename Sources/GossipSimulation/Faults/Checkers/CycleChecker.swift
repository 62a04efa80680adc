import GossipCore

/// A node's cycle is that of a tick, or what the clock would have given in holdover; nothing else moves it.
struct CycleChecker {
    /// Why the next cycle may begin.
    private enum Cause {
        case tick(Cycle)
        /// The cycle that the clock would have reached.
        case holdover(Cycle)
    }

    private static let patienceIntervals: UInt64 = 3
    private static let restartDistance: Cycle = 10

    var interval = TimeSpan(nanoseconds: 0)
    private var cycle: Cycle = 0
    private var lastTick: (cycle: Cycle, at: TimePoint)?
    private var cause: Cause?

    mutating func tickHeard(_ heard: Cycle, at now: TimePoint) {
        lastTick = (heard, now)
        cause = .tick(heard)
    }

    mutating func deadlinePassed(at now: TimePoint) {
        guard let lastTick, interval.nanoseconds > 0 else { return }
        let intervals = now.since(lastTick.at).nanoseconds / interval.nanoseconds
        cause = intervals >= Self.patienceIntervals ? .holdover(lastTick.cycle + intervals) : nil
    }

    mutating func check(_ handled: HandledEvent, _ fail: NodeChecker.Fail) {
        guard case .cycleStarted(let begun) = handled.event else {
            if handled.cycle != cycle { fail(.cycles, "cycle \(handled.cycle) after \(cycle) without a tick") }
            return
        }
        switch cause {
        case .tick(let heard):
            let isRestart = heard < cycle && cycle - heard >= Self.restartDistance
            if begun != heard || !(heard > cycle || isRestart) {
                fail(.cycles, "cycle \(begun) after \(cycle) at tick \(heard)")
            }
        case .holdover(let due):
            if begun != due || due <= cycle { fail(.cycles, "cycle \(begun) after \(cycle), the clock is at \(due)") }
        case nil: fail(.cycles, "cycle \(begun) after \(cycle) without a cause")
        }
        if handled.cycle != begun { fail(.cycles, "cycle \(handled.cycle) though \(begun) began") }
        cause = nil
        cycle = handled.cycle
    }
}
