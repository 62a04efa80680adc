import GossipCore
import GossipWire

/// Shows a recorded run as it was after any of its cycles.
///
/// The record is told to a picture as the bus told it then. Pictures along the way are kept, a bounded number, so that
/// going back does not begin anew.
package struct RunReplay: Sendable {
    private static let mostCheckpoints: Cycle = 32

    private struct Stage: Sendable {
        var picture: SwarmPicture
        /// The cycle whose reports it has; nil before the first.
        var cycle: Cycle?
        /// By node, since the run began.
        var messages: [MessageCounts]
        var nextEvent = 0
    }

    package let run: RecordedRun
    private var checkpoints: [Stage]
    private var newest: Stage

    package init(_ run: RecordedRun) {
        self.run = run
        newest = Stage(
            picture: SwarmPicture(name: run.name, at: TimePoint(nanoseconds: 0)),
            messages: run.nodes.map { _ in MessageCounts() })
        checkpoints = [newest]
    }

    /// The picture after a cycle; of one that the run does not have the nearest.
    package mutating func frame(after cycle: UInt64) -> PageFrame {
        let cycle = min(max(cycle, run.firstCycle), run.lastCycle)
        var stage = newest
        if let done = stage.cycle, done > cycle {
            stage = checkpoints.last { $0.cycle ?? 0 <= cycle } ?? checkpoints[0]
        }
        let spacing = max(1, Cycle(run.cycles.count) / Self.mostCheckpoints)
        var next = stage.cycle.map { $0 + 1 } ?? run.firstCycle
        while next <= cycle {
            tell(next, &stage)
            let furthest = checkpoints.last?.cycle ?? 0
            if next % spacing == 0, next > furthest { checkpoints.append(stage) }
            next += 1
        }
        newest = stage
        var frame = stage.picture.frame(at: time(of: cycle))
        frame.events = Array(run.events[..<stage.nextEvent].suffix(SwarmPicture.mostEntries))
        frame.clock.tickAgeMilliseconds = nil
        frame.clock.isSilent = false
        frame.replay = ReplayPart(first: run.firstCycle, last: run.lastCycle, cycle: cycle)
        return frame
    }

    private func time(of cycle: Cycle) -> TimePoint {
        let span = (cycle - run.firstCycle).multipliedReportingOverflow(by: run.intervalMilliseconds * 1_000_000)
        return TimePoint(nanoseconds: span.overflow ? .max : span.partialValue)
    }

    private func tell(_ cycle: Cycle, _ stage: inout Stage) {
        let now = time(of: cycle)
        while stage.nextEvent < run.events.count, run.events[stage.nextEvent].cycle <= cycle {
            let event = run.events[stage.nextEvent]
            stage.nextEvent += 1
            guard let kind = SwarmEvent.Kind(rawValue: event.event) else { continue }
            let told = SwarmEvent(
                kind: kind, torrent: "", node: event.node, cycle: event.cycle, at: "", reason: event.detail)
            stage.picture.take(.event(told), at: now)
        }
        // Nodes report a cycle when the next one begins.
        let tick = CycleTick(cycle: cycle + 1, intervalMilliseconds: run.intervalMilliseconds, startedAt: "")
        stage.picture.take(.cycle(tick), at: now)
        for row in run.cycles[Int(cycle - run.firstCycle)] {
            stage.messages[row.node] += row.messages
            stage.picture.take(.progress(report(row, stage.messages[row.node], cycle)), at: now)
        }
        stage.cycle = cycle
    }

    private func report(_ row: RecordedRun.Row, _ messages: MessageCounts, _ cycle: Cycle) -> ProgressReport {
        let node = run.nodes[row.node]
        return ProgressReport(
            torrent: "", node: node.name, role: node.role, peerReference: node.name, cycle: cycle,
            chunksHeld: row.chunksHeld, chunkCount: run.chunkCount,
            bitfield: run.holdings[node.name]?[cycle]?.bitfield.hex, messages: messages, bytesSent: 0,
            bytesReceived: 0, sentTo: run.links.map { $0[cycle]?[row.node] ?? [:] })
    }
}
