/// A node's view of the clock: which cycle begins when a tick is heard, or when none is heard for long.
///
/// Holdover, the clockmaker's word for running on without one's reference: after three silent intervals the node goes on
/// by its own timer, with the numbers that the clock would have given.
public struct CycleFollower: Equatable, Sendable {
    /// Intervals without a tick after which holdover begins.
    private static let patienceIntervals: UInt64 = 3
    /// A tick this far below our own cycle means that counting began anew.
    private static let restartDistance: Cycle = 10

    /// The node's cycle; 0 before the first tick.
    public private(set) var cycle: Cycle = 0
    /// Whether the last cycle was begun without a tick.
    public private(set) var isInHoldover = false
    private var interval: TimeSpan?
    private var lastTick: (cycle: Cycle, at: TimePoint)?

    public init() {}

    /// A tick came.
    /// - Parameter interval: Δ as the tick tells it, above zero.
    /// - Returns: the cycle that begins; nil where it is this one, or our holdover ran ahead and we wait.
    public mutating func tickHeard(_ heard: Cycle, interval: TimeSpan, at now: TimePoint) -> Cycle? {
        precondition(interval.nanoseconds > 0, "a tick's interval is above zero")
        self.interval = interval
        lastTick = (heard, now)
        isInHoldover = false
        if heard == cycle || (heard < cycle && cycle - heard < Self.restartDistance) { return nil }
        cycle = heard
        return heard
    }

    /// When the next cycle begins if no tick comes until then; nil before the first tick.
    public var deadline: TimePoint? {
        guard let interval, let lastTick else { return nil }
        return lastTick.at + interval * max(Self.patienceIntervals, beginning(after: lastTick.cycle))
    }

    /// The deadline passed without a tick.
    /// - Returns: the cycle that begins; nil where the deadline is still ahead.
    public mutating func deadlinePassed(at now: TimePoint) -> Cycle? {
        guard let deadline, let interval, let lastTick, now >= deadline else { return nil }
        isInHoldover = true
        let elapsed = now.since(lastTick.at).nanoseconds / interval.nanoseconds
        let (due, overflow) = lastTick.cycle.addingReportingOverflow(elapsed)
        guard !overflow, due > cycle else { return nil }
        cycle = due
        return due
    }

    /// Intervals after the last tick at which the cycle above our own begins.
    private func beginning(after lastCycle: Cycle) -> UInt64 {
        cycle >= lastCycle ? cycle - lastCycle + 1 : 1
    }

    public static func == (left: CycleFollower, right: CycleFollower) -> Bool {
        left.cycle == right.cycle && left.isInHoldover == right.isInHoldover && left.interval == right.interval
            && left.lastTick?.cycle == right.lastTick?.cycle && left.lastTick?.at == right.lastTick?.at
    }
}
