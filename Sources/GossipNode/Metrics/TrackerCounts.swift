import GossipCore
import GossipWire
import Metrics

/// What a tracker counts of its own accord, beside what its state machines know.
struct TrackerCounts {
    private var announce: UInt64 = 0
    private var getPeers: UInt64 = 0
    private var leave: UInt64 = 0
    private var getMetafile: UInt64 = 0
    private var getInfo: UInt64 = 0
    /// What was no request that a tracker knows.
    private var other: UInt64 = 0
    /// Requests that were answered by an error.
    private(set) var errors: [WireError.Code: UInt64] = [:]
    /// The last tick; 0 before the first.
    private(set) var lastCycle: Cycle = 0
    /// How late each tick was sent.
    private(set) var lateness = Histogram(bounds: MetricBuckets.lateness)

    mutating func note(_ request: Result<TrackerRequest, WireError>) {
        switch request {
        case .success(.announce): announce += 1
        case .success(.getPeers): getPeers += 1
        case .success(.leave): leave += 1
        case .success(.getMetafile): getMetafile += 1
        case .success(.getInfo): getInfo += 1
        case .failure: other += 1
        }
    }

    mutating func note(_ error: WireError) { errors[error.code, default: 0] += 1 }

    /// A tick was sent.
    /// - Parameter due: when it was to be.
    mutating func note(_ cycle: Cycle, due: TimePoint, at now: TimePoint) {
        lastCycle = cycle
        lateness.record(now.since(due).seconds)
    }

    /// Requests by their verbs, as the protocol has them.
    var requests: [(verb: String, count: UInt64)] {
        [
            ("announce", announce), ("get_peers", getPeers), ("leave", leave), ("get_metafile", getMetafile),
            ("get_info", getInfo), ("other", other),
        ]
    }
}
