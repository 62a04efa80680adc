import GossipCore

/// A node's cycle is that of a tick, or what the clock would have given in holdover, or a neighbour's where there is no
/// clock; nothing else moves it.
struct CycleChecker {
    /// Why the next cycle may begin.
    private enum Cause {
        case tick(Cycle)
        /// The cycle that the clock would have reached.
        case holdover(Cycle)
        /// A neighbour is ahead.
        case neighbour(Cycle)
        case alone
    }

    private static let patienceIntervals: UInt64 = 3
    private static let restartDistance: Cycle = 10

    var interval = TimeSpan(nanoseconds: 0)
    private var cycle: Cycle = 0
    /// A tick, or in holdover what the node counts from instead.
    private var lastTick: (cycle: Cycle, at: TimePoint, isTick: Bool)?
    private var cause: Cause?
    /// The first of the ticks in a row that came ten intervals or more after they were due.
    private var firstBelated: TimePoint?

    mutating func tickHeard(_ heard: Cycle, at now: TimePoint) {
        if isBelated(heard, at: now) {
            let first = firstBelated ?? now
            firstBelated = first
            guard now.since(first) >= interval * Self.patienceIntervals else { return deadlinePassed(at: now) }
        } else {
            firstBelated = nil
        }
        lastTick = (heard, now, true)
        cause = .tick(heard)
    }

    /// Whether a tick carries on the last one's count, ten intervals or more later than that clock would have given it.
    private func isBelated(_ heard: Cycle, at now: TimePoint) -> Bool {
        guard let lastTick, lastTick.isTick, heard > lastTick.cycle, interval.nanoseconds > 0 else { return false }
        let due = lastTick.at + interval * (heard - lastTick.cycle)
        return now.since(due) >= interval * Self.restartDistance
    }

    mutating func deadlinePassed(at now: TimePoint) {
        guard let lastTick, interval.nanoseconds > 0 else { return }
        let intervals = now.since(lastTick.at).nanoseconds / interval.nanoseconds
        let patience = lastTick.isTick ? Self.patienceIntervals : 1
        cause = intervals >= patience ? .holdover(lastTick.cycle + intervals) : nil
    }

    mutating func neighbourHeard(_ reading: CycleReading, at now: TimePoint) {
        cause = nil
        if let lastTick, lastTick.isTick, now < lastTick.at + interval * Self.patienceIntervals { return }
        guard now.nanoseconds >= reading.elapsed.nanoseconds else { return }
        let begun = TimePoint(nanoseconds: now.nanoseconds - reading.elapsed.nanoseconds)
        // When this node counted to the neighbour's cycle, or will.
        if let lastTick, cycle > 0 {
            let ahead = reading.cycle >= lastTick.cycle ? reading.cycle - lastTick.cycle : 0
            let own = lastTick.at + interval * ahead
            if reading.cycle < cycle || reading.cycle == cycle && own <= begun { return }
        }
        lastTick = (reading.cycle, begun, false)
        if reading.cycle > cycle { cause = .neighbour(reading.cycle) }
    }

    mutating func startedAlone(at now: TimePoint) {
        guard cycle == 0, lastTick == nil else { return }
        lastTick = (1, now, false)
        cause = .alone
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
        case .neighbour(let heard):
            if begun != heard || heard <= cycle {
                fail(.cycles, "cycle \(begun) after \(cycle) at a neighbour's \(heard)")
            }
        case .alone:
            if begun != 1 || cycle != 0 { fail(.cycles, "cycle \(begun) after \(cycle), alone") }
        case nil: fail(.cycles, "cycle \(begun) after \(cycle) without a cause")
        }
        if handled.cycle != begun { fail(.cycles, "cycle \(handled.cycle) though \(begun) began") }
        cause = nil
        cycle = handled.cycle
    }
}
