import GossipCore
import Metrics

/// How late ticks are heard.
///
/// A node does not know when a tick was sent: the tracker's time of day is another machine's. But ticks are due one Δ
/// after the other, so the most punctual of the last ones tells when the others were. Two windows of ticks are
/// remembered, and no more, for the clocks of two machines drift apart by some milliseconds in a minute.
struct TickPunctuality {
    static let windowTicks = 64

    private(set) var histogram = Histogram(bounds: MetricBuckets.lateness)
    /// What arrival and due time are counted from; nil before the first tick, and where counting begins anew.
    private var origin: (cycle: Cycle, at: TimePoint, interval: TimeSpan)?
    /// Nanoseconds after the origin's plan at which the most punctual tick came, of the window before and of this one.
    private var previousLeast: Int64?
    private var least: Int64?
    private var ticks = 0

    /// A tick was heard. One with another Δ than the last, or with a number that is not above, begins anew.
    mutating func note(_ cycle: Cycle, interval: TimeSpan, at now: TimePoint) {
        guard let origin, origin.interval == interval, cycle > origin.cycle, now >= origin.at else {
            self = TickPunctuality(histogram: histogram, origin: (cycle, now, interval))
            return
        }
        let planned = interval * (cycle - origin.cycle)
        let passed = now.since(origin.at)
        guard planned.nanoseconds < UInt64(Int64.max), passed.nanoseconds < UInt64(Int64.max) else { return }
        let offset = Int64(passed.nanoseconds) - Int64(planned.nanoseconds)
        least = min(least ?? offset, offset)
        // The origin itself was heard, too: at zero.
        let due = min(least ?? offset, previousLeast ?? 0)
        histogram.record(Double(offset - due) / 1e9)
        ticks += 1
        if ticks == Self.windowTicks {
            (previousLeast, least, ticks) = (least, nil, 0)
        }
    }

    init() {}

    private init(histogram: Histogram, origin: (cycle: Cycle, at: TimePoint, interval: TimeSpan)) {
        self.histogram = histogram
        self.origin = origin
    }
}
