import GossipCore
import GossipWire

/// What is said of single nodes, and by them.
extension SwarmHistory {
    mutating func note(_ report: ProgressReport, at now: TimePoint, _ entries: inout [HistoryEntry]) {
        let key = Key(torrent: report.torrent, node: report.node)
        guard report.chunksHeld <= report.chunkCount, isFollowed(key) else { return }
        var follow = nodes[key] ?? Follow(heardAt: now, heardAtTick: tickCount)
        if nodes[key] == nil {
            entries.append(entry(.seen, of: report, at: now, "it holds \(Self.chunks(report))"))
            follow.hasCompleted = report.isComplete
        } else if follow.isSilent {
            let silence = Self.seconds(now.since(follow.heardAt))
            entries.append(entry(.back, of: report, at: now, "after \(silence); it holds \(Self.chunks(report))"))
        }
        defer { nodes[key] = follow }
        follow.noteHeard(at: now, tick: tickCount)
        // What was on its way when a link broke may come after what was said later on a new one.
        if let before = follow.report, !follow.isNew, report.cycle < before.cycle { return }
        if let before = follow.report, report.chunksHeld < before.chunksHeld {
            entries.append(
                entry(.lostChunks, of: report, at: now, "from \(before.chunksHeld) to \(Self.chunks(report))"))
        }
        // The word of it may be lost, or yet to come.
        if report.isComplete, report.role == .peer, !follow.hasCompleted {
            entries.append(entry(.completed, of: report, at: now, ""))
            follow.hasCompleted = true
        }
        follow.report = report
        follow.isNew = false
    }

    mutating func note(_ event: SwarmEvent, at now: TimePoint, _ entries: inout [HistoryEntry]) {
        let key = Key(torrent: event.torrent, node: event.node)
        guard isFollowed(key) else { return }
        var follow = nodes[key] ?? Follow(heardAt: now, heardAtTick: tickCount)
        defer { nodes[key] = follow }
        var detail = event.reason ?? ""
        switch event.kind {
        case .joined:
            if follow.hasJoined, !follow.hasLeft {
                detail = "again, without having left" + (follow.report.map { "; it held \(Self.chunks($0))" } ?? "")
            }
            follow.noteHeard(at: now, tick: tickCount)
            (follow.hasJoined, follow.isNew, follow.hasLeft, follow.hasCompleted) = (true, true, false, false)
        case .completed:
            // Its report may have been heard before.
            if follow.hasCompleted { return }
            follow.hasCompleted = true
        case .left, .failed: follow.hasLeft = true
        case .stalled: break
        }
        var new = entry(Self.kind(event.kind), of: event.node, at: now, detail, torrent: event.torrent)
        // What waited for the bus was said in another cycle than the clock's.
        if event.cycle > 0 { new.cycle = event.cycle }
        entries.append(new)
    }

    /// Nodes that reported nothing for long while the clock went on ticking.
    mutating func noteSilentNodes(after patience: TimeSpan, at now: TimePoint, _ entries: inout [HistoryEntry]) {
        let silent = nodes.filter { _, follow in
            !follow.isSilent && !follow.hasLeft && now.since(follow.heardAt) > patience
                && tickCount - follow.heardAtTick >= Self.patienceIntervals
        }
        // In an order of their own, so that a record does not depend on a dictionary's.
        let order = silent.sorted {
            ($0.key.torrent, $0.key.node) < ($1.key.torrent, $1.key.node)
        }
        for (key, follow) in order {
            nodes[key]?.isSilent = true
            let last = follow.report.map { "; in cycle \($0.cycle) it held \(Self.chunks($0))" } ?? ""
            let detail = "nothing for \(Self.seconds(now.since(follow.heardAt)))\(last)"
            entries.append(entry(.silent, of: key.node, at: now, detail, torrent: key.torrent))
        }
    }

    private func entry(
        _ kind: HistoryEntry.Kind, of report: ProgressReport, at now: TimePoint, _ detail: String
    ) -> HistoryEntry {
        var entry = entry(kind, of: report.node, at: now, detail, torrent: report.torrent)
        entry.cycle = report.cycle
        return entry
    }

    private static func chunks(_ report: ProgressReport) -> String {
        "\(report.chunksHeld) of \(NumberText.count(UInt64(report.chunkCount), "chunk"))"
    }

    private static func kind(_ kind: SwarmEvent.Kind) -> HistoryEntry.Kind {
        switch kind {
        case .joined: .joined
        case .completed: .completed
        case .left: .left
        case .failed: .failed
        case .stalled: .stalled
        }
    }
}
