import GossipCore

/// The tracker: announcing every now and then, and asking for peers.
extension SimulatedNode {
    /// How often the tracker is asked until it answers for the first time.
    private static let firstRetry = TimeSpan.milliseconds(100)
    private static let retry = TimeSpan.seconds(1)

    func announce() {
        let isFirst = announcedAt == nil
        ask(.announce) { [unowned self] answer in
            if case .announced(let interval) = answer {
                noteAnnounced(again: max(interval, Self.firstRetry))
            } else {
                trackerIsSilent = true
                set(.announce, after: isFirst ? Self.firstRetry : Self.retry)
            }
        }
    }

    private func noteAnnounced(again interval: TimeSpan) {
        trackerIsSilent = false
        let isFirst = announcedAt == nil
        announcedAt = world.now
        set(.announce, after: interval)
        // Who shuffles asks no more often than this: enough to meet those whom a partition took out of every view.
        if isFirst && world.settings.view.asksTracker || shuffles { refreshPeers() }
    }

    func refreshPeers() {
        let asked = world.now
        isAskingForPeers = true
        ask(.getPeers) { [unowned self] answer in
            isAskingForPeers = false
            if case .peers(let nodes) = answer {
                let wasSilent = trackerIsSilent
                trackerIsSilent = false
                learn(nodes)
                // A tracker that comes back may have forgotten everyone.
                if isForgotten(nodes) || wasSilent { announce() }
            } else {
                trackerIsSilent = true
            }
            scheduleRefresh(askedAt: asked)
        }
    }

    /// Whether a tracker that answered has no memory of this node, as `PeerShell` tells.
    private func isForgotten(_ nodes: [Int]) -> Bool {
        guard samples.isForgotten(count: nodes.count, namesUs: nodes.contains(life.node)), let announcedAt else {
            return false
        }
        return world.now.since(announcedAt) >= world.settings.refreshInterval
    }

    func leave() {
        ask(.leave) { _ in }
    }

    /// Before the first cycle the tracker is asked again and again, as `PeerShell` does.
    private func scheduleRefresh(askedAt asked: TimePoint) {
        guard !shuffles || machine.cycle == 0 else { return }
        var pause = world.settings.refreshInterval
        let hasSettled = announcedAt.map { world.now.since($0) > .seconds(60) } ?? false
        if machine.cycle == 0, !hasSettled {
            let quarter = TimeSpan(nanoseconds: world.settings.interval.nanoseconds / 4)
            pause = min(pause, max(.milliseconds(10), quarter))
        }
        refreshAskedAt = asked
        set(.refresh, at: max(asked + pause, world.now))
    }

    func refreshDue() {
        // The first tick came in between: from now on the interval counts, from the last answer before the tick.
        let isEarly = machine.cycle > 0 && world.now < refreshAskedAt + world.settings.refreshInterval
        if isEarly { scheduleRefresh(askedAt: refreshAskedAt) } else { refreshPeers() }
    }

    private func learn(_ nodes: [Int]) {
        let others = nodes.filter { $0 != life.node }
        handle(.peersReceived(others.map { directory.identifier(of: $0) }))
    }

    // MARK: One question at a time

    private func ask(_ question: TrackerQuestion, _ completion: @escaping (TrackerAnswer?) -> Void) {
        guard tracker.queue(question, completion) else {
            completion(nil)
            return
        }
        if tracker.waitingCount > SimulatedTrackerClient.queueLimit {
            world.fail(.bounds, life, "\(tracker.waitingCount) questions wait for the tracker")
        }
        askNext()
    }

    private func askNext() {
        guard let question = tracker.next() else { return }
        set(.trackerTimeout, after: SimulatedTrackerClient.timeout)
        if let arrival = world.network.controlArrival(of: life.node, at: world.now) {
            world.schedule(.trackerAsked(by: life, question, number: tracker.number), at: arrival)
        }
    }

    func trackerAnswered(_ answer: TrackerAnswer, number: UInt64) {
        // An answer to a question that was given up is not taken for another's.
        if number == tracker.number { finishTrackerQuestion(answer) }
    }

    func finishTrackerQuestion(_ answer: TrackerAnswer?) {
        guard let completion = tracker.finish() else { return }
        cancel(.trackerTimeout)
        completion(answer)
        askNext()
    }
}
