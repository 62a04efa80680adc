import GossipCore
import GossipWire
import Logging
import Metainfo
import ZeroMQ

/// The clock's ticks, and the node's own time where none comes.
extension PeerShell {
    func hearTick(_ tick: CycleTick) {
        interval = .milliseconds(tick.intervalMilliseconds)
        measures?.punctuality.note(tick.cycle, interval: interval, at: .now)
        let wasInHoldover = follower.isInHoldover
        let begun = follower.tickHeard(tick.cycle, interval: interval, at: .now)
        switch (wasInHoldover, follower.isInHoldover) {
        case (true, false): log.notice("the clock is back", metadata: ["cycle": "\(tick.cycle)"])
        // The tick is an old one, and nobody looked at the time meanwhile: this process was frozen.
        case (false, true): noteClockSilent()
        case (true, true), (false, false): break
        }
        if let begun { begin(begun) }
        scheduleHoldover()
    }

    func scheduleHoldover() {
        guard let deadline = follower.deadline else { return }
        timers.set(.holdover, at: MonotonicTime(deadline), on: loop) { [unowned self] in
            if !follower.isInHoldover { noteClockSilent() }
            if let cycle = follower.deadlinePassed(at: .now) { begin(cycle) }
            scheduleHoldover()
        }
    }

    func noteClockSilent() {
        log.warning("the clock is silent", metadata: ["cycle": "\(machine.cycle)"])
    }

    func begin(_ cycle: Cycle) {
        giveUpWaiting()
        dropLinksToThoseShutOut()
        tellInterval()
        handle(.cycleStarted(cycle))
        scheduleIdleLinks()
    }

    /// Tells the core of a Δ that it does not know yet; to one that exchanges single chunks it means nothing.
    private func tellInterval() {
        guard exchangesInBulk, toldInterval != follower.interval, let interval = follower.interval else { return }
        toldInterval = interval
        handle(.intervalHeard(interval))
    }

    /// What no link has taken by now is not sent any more.
    func giveUpWaiting() {
        for (peer, link) in links.sorted(by: { $0.key < $1.key }) {
            for request in link.removeWaiting() { noteUndelivered(request, to: peer) }
        }
    }

    /// Has links that are not needed closed in the middle of a cycle, by which time those of the cycle are made and most
    /// answers are there: descriptors are free again by the next tick.
    private func scheduleIdleLinks() {
        let middle = MonotonicTime.now + .nanoseconds(Int64(clamping: interval.nanoseconds / 2))
        timers.set(.unusedLinks, at: middle, on: loop) { [unowned self] in closeUnusedLinks() }
    }

    /// Closes links that this cycle did not use, those first that were not used for longest, as long as there are more
    /// than the node keeps. In a large swarm each cycle draws others, and every link ever made would stay.
    ///
    /// Those on which a chunk may still come stay. So do those that fail, for the core is to hear when they do not any
    /// more.
    private func closeUnusedLinks() {
        guard links.count > configuration.keptLinks else { return }
        let idle = links.values.filter { !$0.isFailing && $0.lastUse < machine.cycle }
            .filter { !machine.mayAnswerInBulk($0.peer) }.sorted { ($0.lastUse, $0.peer) < ($1.lastUse, $1.peer) }
        for link in idle.prefix(links.count - configuration.keptLinks) {
            links.removeValue(forKey: link.peer)?.close()
        }
    }

    /// A quarter of the interval is left to the digests, the rest to the pulls.
    func startDigestWait(_ cycle: Cycle) {
        let end = MonotonicTime.now + .nanoseconds(Int64(clamping: interval.nanoseconds / 4))
        timers.set(.digestWait, at: end, on: loop) { [unowned self] in handle(.digestWaitEnded(cycle)) }
    }

    func awaitCycleEnding(_ cycle: Cycle, after span: TimeSpan) {
        let end = MonotonicTime.now + .nanoseconds(Int64(clamping: span.nanoseconds))
        timers.set(.cycleEnding, at: end, on: loop) { [unowned self] in handle(.cycleEnding(cycle)) }
    }

    func publishProgress(_ snapshot: ProgressSnapshot) {
        let showsChunks = snapshot.held.chunkCount <= 4_096
        publishProgress(
            of: snapshot.cycle, chunks: snapshot.held.count,
            bitfield: showsChunks ? snapshot.held.bitfield.hex : nil, snapshot.counts)
    }

    func publishProgress(of cycle: Cycle, chunks: UInt32, bitfield: String?, _ counts: MessageCounts) {
        bus?.publish(
            .progress(
                ProgressReport(
                    torrent: codec.torrent.description, node: configuration.name, role: configuration.role,
                    peerReference: reference.description, cycle: cycle, chunksHeld: chunks,
                    chunkCount: codec.chunkCount, bitfield: bitfield, messages: counts, bytesSent: bytesSent,
                    bytesReceived: bytesReceived,
                    bulkChunkSize: exchangesInBulk ? configuration.metafile.layout.chunkSize : nil,
                    sentTo: namedNeighbours())))
        sentTo = [:]
    }

    /// Whom this cycle's messages went to, by their references; nil where there are too many to tell.
    private func namedNeighbours() -> [String: UInt32]? {
        guard sentTo.count <= ProgressReport.mostNeighbours else { return nil }
        var named: [String: UInt32] = [:]
        for (peer, count) in sentTo {
            if let reference = directory[peer] { named[reference.description, default: 0] += count }
        }
        return named
    }

    func publishEvent(_ kind: SwarmEvent.Kind, reason: String? = nil) {
        bus?.publish(
            .event(
                SwarmEvent(
                    kind: kind, torrent: codec.torrent.description, node: configuration.name, cycle: machine.cycle,
                    at: WallClock.now, reason: reason.map { String($0.prefix(500)) })))
    }
}
