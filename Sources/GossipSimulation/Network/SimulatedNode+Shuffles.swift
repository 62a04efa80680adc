import GossipCore

/// Shuffles: peers have the node's own numbers in its core, and the swarm's on the network, as references are over
/// sockets.
extension SimulatedNode {
    var shuffles: Bool { machine.view != nil }

    /// What time it is here, as exactly as the wire tells it.
    var reading: CycleReading? {
        follower.reading(at: world.now).map {
            CycleReading(cycle: $0.cycle, elapsed: .milliseconds($0.elapsed.milliseconds), interval: $0.interval)
        }
    }

    func onNetwork(_ entries: [ViewEntry]) -> [ViewEntry] {
        entries.compactMap { entry in
            directory[entry.peer].map { ViewEntry(PeerID(UInt32($0)), age: entry.age) }
        }
    }

    func fromNetwork(_ entries: [ViewEntry]) -> [ViewEntry] {
        entries.map { ViewEntry(directory.identifier(of: Int($0.peer.rawValue)), age: $0.age) }
    }

    /// Follows a neighbour's time where there is no clock.
    func hear(_ reading: CycleReading) {
        let begun = follower.neighbourHeard(reading, at: world.now)
        checker.cycles.neighbourHeard(reading, at: world.now)
        if let begun { begin(begun) }
        scheduleHoldover()
    }

    /// Before the first cycle: shuffles with whom it knows, and begins to count by itself where no tracker is.
    func join() {
        guard shuffles, machine.cycle == 0 else { return }
        if trackerIsSilent {
            handle(.joinDue(through: []))
            joinAttempts += 1
            if announcedAt == nil, joinAttempts > CycleFollower.patienceIntervals,
                let begun = follower.startAlone(interval: world.settings.interval, at: world.now)
            {
                checker.cycles.startedAlone(at: world.now)
                begin(begun)
                scheduleHoldover()
                return
            }
        }
        set(.join, after: world.settings.interval)
    }

    /// Nobody is known any longer.
    func seekPeers() {
        if !isAskingForPeers { refreshPeers() }
    }
}
