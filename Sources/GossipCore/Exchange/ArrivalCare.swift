/// How early a receiver begins to want chunks for the next cycle, where cycles are kept apart.
///
/// A source knows its own line, not that several of them send to one receiver. Who sees chunks come too late begins
/// earlier in the next cycle, and little by little later again: a chunk that comes before its cycle waits, one that comes
/// after it is thrown away, and took a place on both lines.
struct ArrivalCare: Equatable, Sendable {
    /// Parts of a cycle that it is counted in.
    private static let parts = 16
    /// Parts more after a cycle with a late chunk, and one less after so many without.
    private static let step = 4
    private static let calmCycles = 4

    /// Parts of the cycle, at its end, in which chunks are wanted for the next.
    private(set) var early = step
    private var lateChunks = 0
    private var calm = 0

    /// A chunk came after its cycle.
    mutating func noteLate() { lateChunks += 1 }

    mutating func closeCycle() {
        if lateChunks > 0 {
            (early, calm) = (min(Self.parts, early + Self.step), 0)
        } else {
            calm += 1
            if calm >= Self.calmCycles { (early, calm) = (max(0, early - 1), 0) }
        }
        lateChunks = 0
    }

    /// After how much of a cycle chunks are wanted for the next one.
    func ending(of interval: TimeSpan) -> TimeSpan {
        TimeSpan(nanoseconds: interval.nanoseconds / UInt64(Self.parts) * UInt64(Self.parts - early))
    }
}
