import GossipCore

/// What a tracker says, against a plain list of when each node was last heard.
struct TrackerChecker {
    private var configuration: TrackerConfiguration
    private var lastHeard: [Int: TimePoint] = [:]

    init(_ configuration: TrackerConfiguration) {
        self.configuration = configuration
    }

    /// Δ is another: so is the silence that a member may keep.
    mutating func followCycle(_ interval: TimeSpan) { configuration.cycleInterval = interval }

    mutating func announced(_ node: Int, at now: TimePoint) {
        lastHeard[node] = now
    }

    mutating func left(_ node: Int) {
        lastHeard[node] = nil
    }

    /// What is wrong with an answer of `get_peers`.
    func fault(inSample sample: [Int], at now: TimePoint) -> String? {
        if let gone = sample.first(where: { !isMember($0, at: now) }) { return "n\(gone) is named and is no member" }
        if Set(sample).count != sample.count { return "a member is named twice: \(sample)" }
        let expected = min(configuration.sampleSize, memberCount(at: now))
        return sample.count == expected ? nil : "\(sample.count) members are named of \(expected)"
    }

    /// What is wrong with the number of members, once the silent ones were removed.
    func fault(inCount count: Int, at now: TimePoint) -> String? {
        count == memberCount(at: now) ? nil : "there are \(count) members instead of \(memberCount(at: now))"
    }

    private func memberCount(at now: TimePoint) -> Int {
        lastHeard.keys.count { isMember($0, at: now) }
    }

    private func isMember(_ node: Int, at now: TimePoint) -> Bool {
        lastHeard[node].map { now.since($0) <= configuration.silenceLimit } ?? false
    }
}
