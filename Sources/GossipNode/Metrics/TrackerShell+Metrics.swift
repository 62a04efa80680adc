import GossipCore
import GossipWire
import Metrics

/// What the tracker tells those who collect metrics.
extension TrackerShell {
    /// Torrents that are told one by one; a tracker may have ten thousand, and each is a series that is kept for months.
    private static let torrentLimit = 50

    func startMetrics() {
        guard let registry = configuration.metrics else { return }
        metricsNumber = registry.add { [unowned self] in tellMetrics(into: &$0) }
    }

    func stopMetrics() {
        if let metricsNumber { configuration.metrics?.remove(metricsNumber) }
        metricsNumber = nil
    }

    private func tellMetrics(into set: inout MetricSet) {
        tellMembers(into: &set)
        for (verb, count) in counts.requests {
            set.add(TrackerMetrics.requests, [verb], count)
        }
        for code in WireError.Code.allCases {
            set.add(TrackerMetrics.errors, [code.rawValue], counts.errors[code] ?? 0)
        }
        set.add(TrackerMetrics.cycle, counts.lastCycle)
        set.add(TrackerMetrics.interval, clock.interval.seconds)
        set.add(TrackerMetrics.ticks, counts.lateness.count)
        set.add(TrackerMetrics.lateness, counts.lateness)
        set.add(TrackerMetrics.busMessages, ["passed"], bus.passedCount)
        set.add(TrackerMetrics.busMessages, ["refused"], bus.refusedCount)
        let guards = [
            ("requests", linkGuard), ("bus_publish", bus.publisherGuard), ("bus_subscribe", bus.subscriberGuard),
        ]
        for (socket, linkGuard) in guards {
            set.add(TrackerMetrics.links, [socket], linkGuard?.linkCount ?? 0)
            set.add(TrackerMetrics.linksCut, [socket], linkGuard?.cutCount ?? 0)
        }
    }

    private func tellMembers(into set: inout MetricSet) {
        set.add(TrackerMetrics.members, members.memberCount)
        set.add(TrackerMetrics.torrents, members.torrentCount)
        set.add(TrackerMetrics.membersRemoved, members.silentMemberCount)
        let torrents = members.torrentSizes.map { ($0.torrent.description, $0.memberCount) }
            .sorted { $0.1 == $1.1 ? $0.0 < $1.0 : $0.1 > $1.1 }
        for (torrent, count) in torrents.prefix(Self.torrentLimit) {
            set.add(TrackerMetrics.torrentMembers, [torrent], count)
        }
        set.add(
            TrackerMetrics.torrentMembers, ["other"], torrents.dropFirst(Self.torrentLimit).reduce(0) { $0 + $1.1 })
    }
}
