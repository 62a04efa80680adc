/// A node's view of the clock: which cycle begins when a tick is heard, or when none is heard for long.
///
/// Holdover, the clockmaker's word for running on without one's reference: after three silent intervals the node goes on
/// by its own timer, with the numbers that the clock would have given. Only then does it listen to its neighbours: it
/// falls in with whoever is ahead of it, so that a swarm without a clock keeps one time, and who joins it learns that.
public struct CycleFollower: Equatable, Sendable {
    /// Intervals without a tick after which holdover begins.
    package static let patienceIntervals: UInt64 = 3
    /// A tick this far below our own cycle means that counting began anew.
    private static let restartDistance: Cycle = 10

    /// The node's cycle; 0 before the first tick.
    public internal(set) var cycle: Cycle = 0
    /// Whether the last cycle was begun without a tick.
    public internal(set) var isInHoldover = false
    /// Δ by the last tick, or as the node began to count with it; nil before the first cycle.
    public internal(set) var interval: TimeSpan?
    /// What the node counts from: a tick, or in holdover a beginning of its own or a neighbour's.
    var reference: (cycle: Cycle, at: TimePoint, isTick: Bool)?

    /// Since when ticks come that were due long before; nil while they come in time.
    private var belatedSince: TimePoint?

    /// Whether a tick was ever heard: Δ is then the clock's, whatever others say.
    private(set) var hasHeardClock = false

    public init() {}

    /// A tick came.
    ///
    /// A tick that was due ten intervals or more before it came lay somewhere on its way: this node was frozen, or the
    /// network cut. It neither takes the node back nor through all the cycles that it missed. If such ticks come for three
    /// intervals, it is the clock that is behind, and it is followed.
    /// - Parameters:
    ///   - heard: the cycle that it begins.
    ///   - interval: Δ as the tick tells it, above zero.
    ///   - now: when it came.
    /// - Returns: the cycle that begins; nil where it is this one, or our holdover ran ahead and we wait.
    public mutating func tickHeard(_ heard: Cycle, interval: TimeSpan, at now: TimePoint) -> Cycle? {
        precondition(interval.nanoseconds > 0, "a tick's interval is above zero")
        if isBelated(heard, interval: interval, at: now) { return deadlinePassed(at: now) }
        self.interval = interval
        reference = (heard, now, true)
        hasHeardClock = true
        isInHoldover = false
        if heard == cycle || (heard < cycle && cycle - heard < Self.restartDistance) { return nil }
        cycle = heard
        return heard
    }

    /// Whether a tick goes on from the last one, but should have come long ago.
    private mutating func isBelated(_ heard: Cycle, interval: TimeSpan, at now: TimePoint) -> Bool {
        let passed = reference.map { now.since($0.at).nanoseconds / interval.nanoseconds } ?? 0
        guard let reference, reference.isTick, interval == self.interval, heard > reference.cycle,
            passed > heard - reference.cycle, passed - (heard - reference.cycle) >= Self.restartDistance
        else {
            belatedSince = nil
            return false
        }
        let since = belatedSince ?? now
        belatedSince = since
        return now < since + interval * Self.patienceIntervals
    }

    /// When the next cycle begins if no tick comes until then; nil before the first tick.
    public var deadline: TimePoint? {
        guard let interval, let reference else { return nil }
        let patience = reference.isTick ? Self.patienceIntervals : 1
        return reference.at + interval * max(patience, beginning(after: reference.cycle))
    }

    /// The deadline passed without a tick.
    /// - Returns: the cycle that begins; nil where the deadline is still ahead.
    public mutating func deadlinePassed(at now: TimePoint) -> Cycle? {
        guard let deadline, let interval, let reference, now >= deadline else { return nil }
        isInHoldover = true
        let elapsed = now.since(reference.at).nanoseconds / interval.nanoseconds
        let (due, overflow) = reference.cycle.addingReportingOverflow(elapsed)
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
            && left.reference?.cycle == right.reference?.cycle && left.reference?.at == right.reference?.at
            && left.reference?.isTick == right.reference?.isTick && left.belatedSince == right.belatedSince
    }
}
