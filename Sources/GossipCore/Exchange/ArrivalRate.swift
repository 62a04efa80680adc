/// How many chunks come from a source in a cycle.
struct ArrivalRate: Equatable, Sendable {
    /// What `mean` counts a chunk in a cycle as.
    static let unit = 256
    /// Cycles that it forgets in.
    private static let weight = 8

    /// Chunks a cycle, over the last ones, in parts of `unit`.
    private(set) var mean = 0
    private var came = 0

    mutating func noteCame() { came += 1 }

    mutating func closeCycle() {
        mean += (came * Self.unit - mean) / Self.weight
        came = 0
    }
}
