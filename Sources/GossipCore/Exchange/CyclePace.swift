/// How many chunks the uplink carries in a cycle, where cycles are kept apart: what would come after the tick is granted
/// for the next cycle from the start.
///
/// A chunk that comes after its cycle is thrown away. So a source grants for its own cycle only as long as what it grants
/// will be there before the tick; what it grants after that bears the next cycle's number, and is on its way over the
/// tick. The line is never idle, and nothing is lost.
struct CyclePace: Equatable, Sendable {
    /// Chunks that a node may have under way while it does not know its line.
    private static let firstWindow = 2
    /// Cycles without a late chunk after which one place less is kept free for it.
    private static let calmCycles = 8

    /// Chunks that the uplink carries in a cycle; nil before a cycle in which it was busy from one tick to the next.
    private(set) var carried: Int?
    private var served = 0
    private var lateServed = 0
    /// Places kept free before the tick, on top of the window: as many as late chunks showed to be needed.
    private(set) var margin = 0
    private var calm = 0

    /// A chunk was carried.
    mutating func noteServed(isLate: Bool) {
        served += 1
        if isLate { lateServed += 1 }
    }

    /// A cycle is over.
    /// - Parameter isFull: whether the window was in use: only then what was carried says what can be.
    mutating func closeCycle(isFull: Bool) {
        if isFull || served > (carried ?? .max) {
            carried = carried.map { served < $0 ? served : ($0 + served + 1) / 2 } ?? served
        }
        if lateServed > 0 {
            margin = min(margin + 1, carried ?? 0)
            calm = 0
        } else {
            calm += 1
            if calm >= Self.calmCycles { (margin, calm) = (max(0, margin - 1), 0) }
        }
        (served, lateServed) = (0, 0)
    }

    /// Cycles have another length from now on.
    mutating func rescale(from old: TimeSpan, to new: TimeSpan) {
        carried = carried.map { count in
            let time = (new * UInt64(count)).nanoseconds
            return Int(clamping: time / max(1, old.nanoseconds))
        }
        (served, lateServed, margin, calm) = (0, 0, 0, 0)
    }

    /// Chunks under way at most: half a cycle's, so that half of it is left to grant for the cycle itself.
    var window: Int { max(Self.firstWindow, (carried ?? 0) / 2) }

    /// After how much of a cycle what is granted comes only in the next one.
    /// - Parameters:
    ///   - window: chunks that may be under way at once.
    ///   - interval: Δ.
    func ending(window: Int, of interval: TimeSpan) -> TimeSpan {
        guard let carried else { return TimeSpan(nanoseconds: interval.nanoseconds / 4) }
        let needed = window + 1 + margin
        guard needed < carried else { return TimeSpan(nanoseconds: 0) }
        let time = (interval * UInt64(carried - needed)).nanoseconds
        return TimeSpan(nanoseconds: time / UInt64(carried))
    }
}
