import ZeroMQ

/// The timers of a node, one of each kind at a time.
struct PeerTimers {
    enum Kind: CaseIterable {
        /// `announce` is due.
        case announce
        /// `get_peers` is due.
        case refresh
        /// No tick was heard for long.
        case holdover
        /// No cycle has begun, and it is time to ask the neighbours for one.
        case join
        /// The wait for digests is over.
        case digestWait
        /// What is granted from then on comes after the tick.
        case cycleEnding
        /// The cycle has made its links: others may go.
        case unusedLinks
        /// It is time to tell where the node stands.
        case status
        /// It is time to look for links that take nothing.
        case idleLinks
    }

    private var tokens: [Kind: TimerToken] = [:]

    /// Sets a timer in place of the one of its kind that may be set.
    mutating func set(_ kind: Kind, at deadline: MonotonicTime, on loop: EventLoop, _ body: @escaping () -> Void) {
        cancel(kind, on: loop)
        tokens[kind] = loop.schedule(at: deadline, body)
    }

    mutating func cancel(_ kind: Kind, on loop: EventLoop) {
        if let token = tokens.removeValue(forKey: kind) { loop.cancel(token) }
    }

    mutating func cancelAll(on loop: EventLoop) {
        for kind in Kind.allCases { cancel(kind, on: loop) }
    }
}
