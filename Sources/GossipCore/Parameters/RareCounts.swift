/// The counters of `MessageCounts` that stay at zero where all goes well.
struct RareCounts: Hashable, Sendable {
    var late: UInt64 = 0
    var corrupt: UInt64 = 0
    var lateKept: UInt64 = 0
    var early: UInt64 = 0
    var refused: UInt64 = 0
    var undelivered: UInt64 = 0
    var unanswered: UInt64 = 0
    var cancelled: UInt64 = 0
}
