/// The bounds that are meant in time, in cycles of a length.
extension ExchangeParameters {
    /// Chunks that were asked for are waited for as many cycles at least, for a cycle may be shorter than a chunk.
    private static let leastPatienceCycles: Cycle = 30
    /// Parts of a hundred that the window is of what `windowTime` carries.
    private static let windowShare: UInt64 = 150
    /// More cycles would make the window slow to follow, and a trace's header is bounded.
    private static let mostWindowCycles: UInt64 = 1_000

    /// The bounds where a cycle takes so long. Those without a time stay what they are.
    /// - Parameter interval: Δ, above zero.
    public func adjusted(to interval: TimeSpan) -> ExchangeParameters {
        var adjusted = self
        if let windowTime {
            let length = max(1, interval.nanoseconds)
            let cycles = min(Self.mostWindowCycles, max(1, windowTime.nanoseconds / length))
            let (time, overflow) = cycles.multipliedReportingOverflow(by: length)
            let (part, tooMuch) = Self.windowShare.multipliedReportingOverflow(by: windowTime.nanoseconds)
            adjusted.windowCycles = Int(clamping: cycles)
            adjusted.windowPercent = overflow || tooMuch ? 1 : Int(clamping: max(1, part / time))
        }
        if patience != nil { adjusted.patienceCycles = max(Self.leastPatienceCycles, silenceCycles(interval) ?? 0) }
        return adjusted
    }

    /// Cycles in a row after which a silent partner is dropped: its answers may have to wait for a chunk on a slow line.
    /// Nil where the bounds say nothing of it.
    public func silenceCycles(_ interval: TimeSpan) -> Cycle? {
        patience.map { $0.nanoseconds / max(1, interval.nanoseconds) + 3 }
    }

    /// Cycles in a row after which a link that takes nothing no longer counts among those that share the uplink: at
    /// least one, and what the window is measured over, for in a shorter cycle an honest link may well take nothing.
    func stallCycles(_ interval: TimeSpan) -> Int {
        guard let windowTime else { return 1 }
        let length = max(1, interval.nanoseconds)
        return Int(clamping: max(1, windowTime.nanoseconds / length))
    }
}
