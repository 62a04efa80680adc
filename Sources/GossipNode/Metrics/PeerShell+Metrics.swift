import GossipCore
import GossipWire
import Metainfo
import Metrics

/// What the node tells those who collect metrics.
extension PeerShell {
    func startMetrics() {
        guard let registry = configuration.metrics else { return }
        measures = NodeMeasures()
        metricsNumber = registry.add { [unowned self] in tellMetrics(into: &$0) }
    }

    func stopMetrics() {
        if let metricsNumber { configuration.metrics?.remove(metricsNumber) }
        metricsNumber = nil
    }

    private func tellMetrics(into set: inout MetricSet) {
        let own = [configuration.name, codec.torrent.description]
        let gossip = configuration.gossip
        set.add(
            PeerMetrics.info,
            own + [
                configuration.role.rawValue, configuration.metafile.name, gossip.style.rawValue,
                gossip.exchange.rawValue,
            ], true)
        tellContent(own, into: &set)
        tellGossip(own, into: &set)
        tellQueues(own, into: &set)
        set.add(PeerMetrics.trackerSilent, own, trackerIsSilent)
        for (outcome, count) in tracker.outcomes.counted {
            set.add(PeerMetrics.trackerCalls, own + [outcome], count)
        }
        guard let measures else { return }
        set.add(PeerMetrics.latency, own, measures.latencies.histogram)
        set.add(PeerMetrics.lateness, own, measures.punctuality.histogram)
    }

    private func tellContent(_ own: [String], into set: inout MetricSet) {
        let status = status
        for state in NodeStatus.State.allCases {
            set.add(PeerMetrics.state, own + [state.rawValue], status.state == state)
        }
        set.add(PeerMetrics.chunks, own, UInt64(status.chunkCount))
        set.add(PeerMetrics.chunksHeld, own, UInt64(status.chunksHeld))
        set.add(PeerMetrics.bytes, own, status.totalBytes)
        set.add(PeerMetrics.bytesHeld, own, status.bytesHeld)
        set.add(PeerMetrics.sentBytes, own, bytesSent)
        set.add(PeerMetrics.receivedBytes, own, bytesReceived)
        for (kind, path) in MessageCounts.fields {
            set.add(PeerMetrics.messages, own + [kind], machine.counts[keyPath: path])
        }
    }

    private func tellGossip(_ own: [String], into set: inout MetricSet) {
        set.add(PeerMetrics.cycle, own, machine.cycle)
        set.add(PeerMetrics.interval, own, interval.seconds)
        set.add(PeerMetrics.holdover, own, follower.isInHoldover)
        set.add(PeerMetrics.peersKnown, own, machine.peers.count)
        set.add(PeerMetrics.links, own + ["made"], links.count)
        set.add(PeerMetrics.links, own + ["accepted"], linkGuard?.linkCount ?? 0)
        set.add(PeerMetrics.linksCut, own, linkGuard?.cutCount ?? 0)
    }

    private func tellQueues(_ own: [String], into set: inout MetricSet) {
        let queues = [
            ("next_cycle", machine.heldBackCount), ("messages", slots.count), ("disk", waits.disk),
            ("download_limit", waits.limit), ("links", links.values.reduce(0) { $0 + $1.waitingCount }),
            ("tracker", tracker.waitingCount),
        ]
        for (queue, count) in queues { set.add(PeerMetrics.queue, own + [queue], count) }
        set.add(PeerMetrics.unreadAnswers, own, answers.bytes)
    }
}
