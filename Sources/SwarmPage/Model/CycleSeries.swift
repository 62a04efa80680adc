import GossipCore

/// What the swarm did cycle by cycle, summed up from its nodes' reports in whatever order they come.
///
/// Each report adds what it changed to the bucket of its cycle, so the state after a cycle is the sum of all buckets up
/// to it: exact, whatever order nodes report in. Only the newest cycles are kept; what was before is one sum.
struct CycleSeries: Sendable {
    /// What reports of one cycle changed, or the sum of it over many.
    struct Bucket: Equatable, Sendable {
        /// Chunks that peers hold more, and chunks that peers wanted more because one was heard for the first time.
        var held: Int64 = 0
        var wanted: Int64 = 0
        /// Peers that became complete.
        var complete: Int64 = 0
        /// Of that cycle, over all nodes.
        var messages = MessageCounts()

        static func += (left: inout Bucket, right: Bucket) {
            left.held &+= right.held
            left.wanted &+= right.wanted
            left.complete &+= right.complete
            left.messages += right.messages
        }
    }

    /// Cycles that can still be told apart; twice as many are kept for a moment, so that forgetting costs little.
    static let mostCycles = 4_096
    /// A report further ahead of all others than this is a mistake, not news, as for `RunRecorder`.
    static let furthestJump: Cycle = 10_000

    /// The cycle of the first bucket.
    private(set) var first: Cycle = 0
    /// One a cycle, without gaps.
    private(set) var buckets: [Bucket] = []
    /// The sum of all that came before the first bucket.
    private(set) var before = Bucket()

    /// The newest cycle that was reported; nil before the first report.
    var last: Cycle? { buckets.isEmpty ? nil : first + Cycle(buckets.count) - 1 }

    /// Adds what a report changed.
    /// - Returns: false where the cycle is too far ahead to be believed; then nothing is added.
    @discardableResult
    mutating func add(_ change: Bucket, in cycle: Cycle) -> Bool {
        guard let last else {
            first = cycle
            buckets = [change]
            return true
        }
        guard cycle <= last || cycle - last <= Self.furthestJump else { return false }
        if cycle > last {
            buckets.append(contentsOf: repeatElement(Bucket(), count: Int(cycle - last)))
            forget()
        }
        // What comes later than can be told apart counts as before all that is kept.
        if cycle < first {
            before += change
        } else {
            buckets[Int(cycle - first)] += change
        }
        return true
    }

    private mutating func forget() {
        guard buckets.count > 2 * Self.mostCycles else { return }
        let count = buckets.count - Self.mostCycles
        for bucket in buckets.prefix(count) { before += bucket }
        buckets.removeFirst(count)
        first += Cycle(count)
    }
}
