import GossipCore
import GossipWire
import Logging
import ZeroMQ

/// Shuffles: joining without a tracker, and keeping time without a clock.
extension PeerShell {
    var shuffles: Bool { machine.view != nil }

    /// Numbers the peers that a shuffle names, but for those who are not let in; nil where this node does not shuffle,
    /// and so does not know the verb.
    var identify: PeerIdentifying? {
        shuffles ? { [unowned self] in admits($0) ? directory.identifier(of: $0) : nil } : nil
    }

    /// What time it is here.
    var reading: CycleReading? { follower.reading(at: .now) }

    /// Before the first cycle: shuffles through the contacts, and with those that shuffled with this node, until one of
    /// them tells the cycle; where there is neither a cycle nor a tracker, begins to count by itself.
    func join() {
        guard shuffles, machine.cycle == 0, !isLeaving else { return }
        if trackerIsSilent || !configuration.contacts.isEmpty {
            giveUpWaiting()
            handle(.joinDue(through: contacts))
        }
        joinAttempts += 1
        if trackerIsSilent, announcedAt == nil, joinAttempts > CycleFollower.patienceIntervals,
            let cycle = follower.startAlone(interval: interval, at: .now)
        {
            log.warning("there is no tracker; counting begins here", metadata: ["cycle": "\(cycle)"])
            begin(cycle)
            scheduleHoldover()
            return
        }
        timers.set(.join, at: .now + Duration(interval), on: loop) { [unowned self] in join() }
    }

    /// Nobody is known any longer: the addresses to join by may know someone, and the tracker where it lives.
    func seekPeers() {
        if !contacts.isEmpty { handle(.joinDue(through: contacts)) }
        if !isAskingForPeers { refreshPeers() }
    }

    /// A neighbour told its time. Where a clock is heard that is nothing new.
    func hear(_ reading: CycleReading) {
        let wasInHoldover = follower.isInHoldover
        let heard = follower.neighbourHeard(reading, at: .now)
        // A neighbour may tell of it before our own timer does.
        if machine.cycle > 0, follower.isInHoldover, !wasInHoldover { noteClockSilent() }
        guard let cycle = heard else {
            scheduleHoldover()
            return
        }
        if machine.cycle == 0 {
            interval = reading.interval
            log.notice("a neighbour tells the cycle", metadata: ["cycle": "\(cycle)"])
        }
        begin(cycle)
        scheduleHoldover()
    }

    /// Forgets the addresses that shuffles and the tracker named and the view did not keep.
    func forgetOthers() {
        directory.forget(allBut: { [machine, links] in machine.peers.contains($0) || links[$0] != nil })
    }

    private var contacts: [PeerID] {
        configuration.contacts.filter { $0 != reference }.map { directory.identifier(of: $0) }
    }
}
