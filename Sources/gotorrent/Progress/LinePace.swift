import GossipCore

/// When a line is due where nothing can be redrawn.
struct LinePace {
    private static let pause = TimeSpan.seconds(10)

    private var last: TimePoint?

    /// Whether the last line is long ago; then the one that is written now is the last.
    /// - Parameter beginning: what counts before the first line.
    mutating func isDue(at now: TimePoint, since beginning: TimePoint) -> Bool {
        let last = last ?? beginning
        self.last = last
        guard now.since(last) >= Self.pause else { return false }
        self.last = now
        return true
    }
}
