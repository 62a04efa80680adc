/// What time it is at a node, as it tells its neighbours.
public struct CycleReading: Equatable, Sendable {
    /// At least 1.
    public var cycle: Cycle
    /// Since that cycle began.
    public var elapsed: TimeSpan
    /// Δ, above zero.
    public var interval: TimeSpan

    public init(cycle: Cycle, elapsed: TimeSpan, interval: TimeSpan) {
        self.cycle = cycle
        self.elapsed = elapsed
        self.interval = interval
    }
}
