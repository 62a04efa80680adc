import GossipCore

/// How fast a counter grows: over the last seconds, so that the number is steady and still follows what happens.
package struct RateMeter: Equatable, Sendable {
    private struct Sample: Equatable, Sendable {
        let at: TimePoint
        let count: UInt64
    }

    /// What the rate is taken over.
    private static let window = TimeSpan.seconds(5)
    /// Samples closer together than this replace each other: their number is bounded.
    private static let spacing = TimeSpan.milliseconds(100)

    private var samples: [Sample] = []

    package init() {}

    /// Notes the counter, which never falls; one that did begins anew.
    package mutating func note(_ count: UInt64, at now: TimePoint) {
        if let last = samples.last, count < last.count || now < last.at { samples = [] }
        if samples.count > 1, now.since(samples[samples.count - 2].at) < Self.spacing { samples.removeLast() }
        samples.append(Sample(at: now, count: count))
        // The last one outside the window stays: the window begins there.
        while samples.count > 2, now.since(samples[1].at) >= Self.window { samples.removeFirst() }
    }

    /// Counts a second over the window; nil before there are two samples at different times.
    package var perSecond: Double? {
        guard let first = samples.first, let last = samples.last, last.at > first.at else { return nil }
        return Double(last.count - first.count) / (Double(last.at.since(first.at).nanoseconds) / 1e9)
    }
}
