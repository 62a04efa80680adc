/// The swarm's clock: decides when each tick is due, and its number.
///
/// Ticks keep absolute deadlines, so a late one does not move those after it. A clock that starts anew in a living swarm
/// goes on above the cycles that it hears of.
public struct ClockStateMachine: Equatable, Sendable {
    /// Intervals, from the start and from the last member's arrival, in which the swarm's own cycle numbers count.
    private static let listeningIntervals: UInt64 = 3
    /// Reports of cycles above this are ignored: no swarm comes near, and no stranger shall bring us to the end.
    ///
    /// It is half of the greatest cycle that the bus carries, so that a clock that was led here has as many ticks left.
    private static let greatestCycle: Cycle = 1 << 52

    private enum State: Equatable, Sendable {
        /// Expected members are missing.
        case waiting
        /// The tick `next` is due at `deadline`.
        case ticking(next: Cycle, deadline: TimePoint)
    }

    /// Δ of the cycle that the last tick began.
    public internal(set) var interval: TimeSpan
    /// Δ of the next cycles, unless the clock is held.
    var usualInterval: TimeSpan
    /// Whether cycles last until the clock is told to go on; see `pause`.
    public internal(set) var isPaused = false
    /// When the last tick was due; nil before the first.
    private var lastDue: TimePoint?
    private var listeningEnd: TimePoint
    private var highestHeard: Cycle = 0
    private var state: State

    /// - Parameters:
    ///   - interval: Δ, above zero.
    ///   - waitsForMembers: whether the first tick waits for `membersArrived`; otherwise it comes as soon as a swarm
    ///     that lives already would have been heard.
    ///   - now: when it starts to listen.
    public init(interval: TimeSpan, waitsForMembers: Bool, now: TimePoint) {
        precondition(interval.nanoseconds > 0, "a clock's interval is above zero")
        self.interval = interval
        usualInterval = interval
        listeningEnd = now + interval * Self.listeningIntervals
        state = waitsForMembers ? .waiting : .ticking(next: 1, deadline: listeningEnd)
    }

    /// When `fireTick` is due; nil while members are waited for.
    public var deadline: TimePoint? {
        switch state {
        case .waiting: highestHeard > 0 ? listeningEnd : nil
        case .ticking(_, let deadline): deadline
        }
    }

    /// Whether the swarm's own cycle numbers still count: as long as it waits, and otherwise for three intervals.
    public func isListening(at now: TimePoint) -> Bool { state == .waiting || now <= listeningEnd }

    /// The last expected member announced itself: the first tick is one interval away.
    public mutating func membersArrived(at now: TimePoint) {
        guard state == .waiting else { return }
        // Those who announce themselves to a restarted tracker may reach its bus a moment later.
        listeningEnd = max(listeningEnd, now + interval * Self.listeningIntervals)
        state = .ticking(next: highestHeard + 1, deadline: now + interval)
    }

    /// A node reported its progress in this cycle.
    ///
    /// While the clock listens, it goes on above the highest one; a living swarm also needs no one to announce itself.
    public mutating func cycleHeard(_ cycle: Cycle, at now: TimePoint) {
        guard isListening(at: now), cycle > highestHeard, cycle <= Self.greatestCycle else { return }
        // Members that are gone for good are never all there again. A swarm that is heard late, because the bus was
        // away, would have no clock until then; it is listened to for one interval more.
        if now > listeningEnd { listeningEnd = now + interval }
        highestHeard = cycle
        if case .ticking(let next, let deadline) = state, next <= cycle {
            state = .ticking(next: cycle + 1, deadline: deadline)
        }
    }

    /// Gives the tick that is due, and sets the next deadline.
    ///
    /// Where whole intervals were slept through, their numbers are left out, so that a tick's number tells the time.
    /// - Returns: the cycle that begins; nil where none is due at `now`.
    public mutating func fireTick(at now: TimePoint) -> Cycle? {
        if state == .waiting, highestHeard > 0, now >= listeningEnd {
            state = .ticking(next: highestHeard + 1, deadline: listeningEnd)
        }
        guard case .ticking(let next, let deadline) = state, now >= deadline else { return nil }
        let sleptThrough = now.since(deadline).nanoseconds / interval.nanoseconds
        let cycle = next + sleptThrough
        let due = deadline + interval * sleptThrough
        let length = isPaused ? Self.heldInterval : usualInterval
        // After a held cycle, whose intervals slept through are long ones, the next short one may be over already: then it
        // begins now.
        let start = due + length > now ? due : now
        interval = length
        lastDue = start
        state = .ticking(next: cycle + 1, deadline: start + length)
        return cycle
    }

    /// Has the tick that ends a held cycle be due at once.
    mutating func endHeldCycle(at now: TimePoint) {
        guard lastDue != nil, interval == Self.heldInterval, case .ticking(let next, let deadline) = state else {
            return
        }
        state = .ticking(next: next, deadline: min(now, deadline))
    }

    /// Gives the cycle that the last tick began another length, and those after it. Before the first tick, which stays
    /// where it is, it is that one's.
    ///
    /// It is to be called with the tick, before anyone is told of it: what a tick says of its cycle stays true.
    /// - Parameter new: above zero.
    public mutating func changeInterval(to new: TimeSpan) {
        precondition(new.nanoseconds > 0, "a clock's interval is above zero")
        usualInterval = new
        guard !isPaused else { return }
        interval = new
        if let lastDue, case .ticking(let next, _) = state { state = .ticking(next: next, deadline: lastDue + new) }
    }
}
