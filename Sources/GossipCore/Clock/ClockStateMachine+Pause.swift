/// A clock that waits, for a class that wants to look: cycle by cycle, or held for as long as somebody talks.
///
/// Nodes take a silent clock for a lost one after three intervals, and go on by themselves. So a held cycle is one whose
/// tick says that it is long: every node of the protocol waits for its end, and needs to know nothing of pauses.
extension ClockStateMachine {
    /// Δ of a held cycle. When it is over, the next one begins, held as well.
    public static let heldInterval = TimeSpan.seconds(3_600)

    /// Does what it is told.
    public mutating func follow(_ command: ClockCommand, at now: TimePoint) {
        switch command {
        case .pause: pause()
        case .step: step(at: now)
        case .resume: resume(at: now)
        }
    }

    /// Holds the clock: the next tick begins a cycle that lasts until `step` or `resume`.
    public mutating func pause() { isPaused = true }

    /// Goes on by one cycle: the next tick is due at once, and the cycle that it begins is held, too. A clock that runs
    /// is paused.
    public mutating func step(at now: TimePoint) {
        isPaused = true
        endHeldCycle(at: now)
    }

    /// Has the clock run as before: the next tick is due at once where a cycle is held.
    public mutating func resume(at now: TimePoint) {
        isPaused = false
        endHeldCycle(at: now)
    }
}
