import GossipCore
import GossipWire
import Logging
import Metainfo
import ZeroMQ

/// The tracker: announcing every now and then, and asking for peers.
extension PeerShell {
    /// How often the tracker is asked until it answers for the first time.
    private static let firstRetry = Duration.milliseconds(100)
    private static let retry = Duration.seconds(1)

    func announce() {
        guard !isLeaving else { return }
        let isFirst = announcedAt == nil
        tracker.send(.announce(codec.torrent, reference)) { [unowned self] reply in
            switch reply {
            case .announced(let interval, _):
                noteAnnounced(again: .milliseconds(Int64(max(interval, 100))))
            case .error(let code, let text):
                log.warning("the tracker refuses", metadata: ["code": "\(code)", "text": "\(text)"])
                schedule(.announce, after: Self.retry) { [unowned self] in announce() }
            case .left, .peers, .metafile, .info, nil:
                noteTrackerSilent()
                schedule(.announce, after: isFirst ? Self.firstRetry : Self.retry) { [unowned self] in announce() }
            }
        }
    }

    private func noteAnnounced(again interval: Duration) {
        noteTrackerAnswered()
        let isFirst = announcedAt == nil
        announcedAt = .now
        schedule(.announce, after: interval) { [unowned self] in announce() }
        if isFirst { publishEvent(.joined) }
        // Who shuffles asks no more often than this: enough to meet those whom a partition took out of every view.
        if isFirst || shuffles { refreshPeers() }
    }

    func refreshPeers() {
        let asked = MonotonicTime.now
        isAskingForPeers = true
        tracker.send(.getPeers(codec.torrent)) { [unowned self] reply in
            isAskingForPeers = false
            if case .peers(let references) = reply {
                let wasSilent = trackerIsSilent
                noteTrackerAnswered()
                learn(references)
                // A tracker that comes back may have forgotten everyone.
                if isForgotten(references) || wasSilent { announce() }
            } else {
                noteTrackerSilent()
            }
            scheduleRefresh(askedAt: asked)
        }
    }

    /// Whether a tracker that answered has no memory of us; at most once in a refresh interval.
    private func isForgotten(_ references: [PeerReference]) -> Bool {
        guard samples.isForgotten(count: references.count, namesUs: references.contains(reference)),
            let announcedAt, MonotonicTime.now - announcedAt >= Duration(configuration.refreshInterval)
        else { return false }
        log.notice("the tracker has forgotten this node")
        return true
    }

    private func scheduleRefresh(askedAt asked: MonotonicTime) {
        guard !shuffles || machine.cycle == 0 else { return }
        let precedesClock = machine.cycle == 0
        timers.set(.refresh, at: max(asked + Duration(nextRefreshPause()), .now), on: loop) { [unowned self] in
            // The first tick came in between: from now on it counts, from the last answer before the tick.
            let hasBegun = precedesClock && machine.cycle > 0
            if hasBegun || shuffles && machine.cycle > 0 { scheduleRefresh(askedAt: asked) } else { refreshPeers() }
        }
    }

    /// How long after a question the next one follows.
    ///
    /// Before the first cycle the tracker is asked again and again, so that one question falls into the interval between
    /// the last member's announcement and the first tick. Who exchanges in bulk and has no chunk yet may know nobody but
    /// members that are gone, or were made up: he asks sooner, a few times.
    private func nextRefreshPause() -> TimeSpan {
        let usual = configuration.refreshInterval
        if machine.cycle == 0 {
            guard !hasSettled else { return usual }
            return min(usual, max(.milliseconds(10), TimeSpan(nanoseconds: interval.nanoseconds / 4)))
        }
        guard machine.waitsForFirstChunk, earlyRefresh < usual else { return usual }
        defer { earlyRefresh = TimeSpan(nanoseconds: 2 * earlyRefresh.nanoseconds) }
        return earlyRefresh
    }

    /// Whether the clock has taken so long that asking often is no longer worth it.
    private var hasSettled: Bool {
        guard let announcedAt else { return false }
        return MonotonicTime.now - announcedAt > .seconds(60)
    }

    private func learn(_ references: [PeerReference]) {
        let others = references.filter { $0 != reference && admits($0) }
        handle(.peersReceived(others.map { directory.identifier(of: $0) }))
        forgetOthers()
    }

    private func noteTrackerSilent() {
        guard !trackerIsSilent else { return }
        trackerIsSilent = true
        log.warning(
            "the tracker does not answer",
            metadata: ["tracker": "\(configuration.metafile.tracker)", "peers_known": "\(machine.peers.count)"])
    }

    private func noteTrackerAnswered() {
        if trackerIsSilent { log.notice("the tracker answers again") }
        trackerIsSilent = false
    }

    private func schedule(_ kind: PeerTimers.Kind, after delay: Duration, _ body: @escaping () -> Void) {
        timers.set(kind, at: .now + delay, on: loop, body)
    }
}
