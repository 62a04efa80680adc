import GossipCore

/// The clock's ticks, and the node's own time where none comes.
extension SimulatedNode {
    func hearTick(_ cycle: Cycle, interval: TimeSpan) {
        let begun = follower.tickHeard(cycle, interval: interval, at: world.now)
        checker.cycles.interval = interval
        checker.cycles.tickHeard(cycle, at: world.now)
        if let begun { begin(begun) }
        scheduleHoldover()
    }

    func holdoverDeadlinePassed() {
        let begun = follower.deadlinePassed(at: world.now)
        checker.cycles.deadlinePassed(at: world.now)
        if let begun { begin(begun) }
        scheduleHoldover()
    }

    func scheduleHoldover() {
        guard let deadline = follower.deadline else { return }
        set(.holdover, at: deadline)
    }

    func begin(_ cycle: Cycle) {
        for peer in links.keys.sorted() {
            for request in links[peer]?.removeWaiting() ?? [] { noteUndelivered(request, to: peer) }
        }
        if machine.configuration.exchange != nil, toldInterval != follower.interval, let interval = follower.interval {
            toldInterval = interval
            handle(.intervalHeard(interval))
        }
        handle(.cycleStarted(cycle))
    }
}
