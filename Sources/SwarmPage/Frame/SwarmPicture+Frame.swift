import GossipCore
import GossipWire
import Reporting

/// The picture as the page gets it.
extension SwarmPicture {
    /// A node is called silent once its newest report is so many cycles behind the clock, as in the live table.
    private static let silentCycles: Cycle = 3
    /// Reports of a cycle that others ended so many cycles ago are not waited for.
    private static let openCycles: Cycle = 3

    /// - Parameter now: by the same clock as that of `take`.
    package func frame(at now: TimePoint) -> PageFrame {
        let entries = board.entries
        let reported = entries.compactMap { entry in tracks[entry.node.name].map { (entry.node.name, $0) } }
        return PageFrame(
            name: name, torrent: torrent, otherTorrents: otherTorrents.count, clock: clock(at: now),
            totals: totals, series: SeriesPart(series, through: settledCycle),
            map: chunkCount.map { MapPart(reported, copies, chunkCount: $0) } ?? MapPart(), nodes: nodes(entries),
            links: LinksPart(reported.compactMap { name, track in track.report.map { (name, $0) } }),
            events: self.entries.map(Self.event))
    }

    private func clock(at now: TimePoint) -> ClockPart {
        let newest = tracks.values.lazy.compactMap { $0.report?.cycle }.max() ?? 0
        // A node reports a cycle when the next begins: one that is as far as the clock went on without it.
        let ahead = board.cycle == 0 ? 0 : tracks.values.count { $0.report.map { $0.cycle >= board.cycle } ?? false }
        return ClockPart(
            cycle: board.cycle, intervalMilliseconds: board.intervalMilliseconds,
            tickAgeMilliseconds: lastTick.map { now.since($0).nanoseconds / 1_000_000 }, isSilent: isClockSilent,
            holdover: ahead, newestReport: newest)
    }

    private var totals: TotalsPart {
        var totals = TotalsPart(chunks: chunkCount ?? 0)
        var rate = 0.0
        for track in tracks.values {
            guard let report = track.report else { continue }
            if report.role == .seed { totals.seeds += 1 }
            if report.role == .peer {
                totals.peers += 1
                totals.complete += report.isComplete ? 1 : 0
                totals.held += UInt64(report.chunksHeld)
                totals.wanted += UInt64(report.chunkCount)
            }
            totals.sent &+= report.messages.sent
            totals.useful &+= report.messages.useful
            totals.redundant &+= report.messages.redundant
            totals.missed &+= report.messages.missed
            totals.late &+= report.messages.late
            totals.corrupt &+= report.messages.corrupt
            if state(of: track) == .working { rate += track.rate.perSecond ?? 0 }
        }
        totals.bytesPerSecond = UInt64(rate)
        return totals
    }

    /// The last cycle that everyone reported who is still there, or that is too old to wait for.
    private var settledCycle: Cycle {
        guard let last = series.last else { return 0 }
        let present = tracks.values.lazy.filter { !$0.isGone }.compactMap { $0.report?.cycle }
        let oldest = last > Self.openCycles ? last - Self.openCycles : 0
        return max(min(present.min() ?? last, last), oldest)
    }

    private func state(of track: NodeTrack) -> NodesPart.State {
        if track.isGone { return .left }
        guard let report = track.report, !track.isNew else { return .joining }
        if board.cycle > report.cycle, board.cycle - report.cycle > Self.silentCycles { return .silent }
        if report.role == .seed { return .seed }
        if report.isComplete { return .complete }
        return track.stall == nil ? .working : .stalled
    }

    private func nodes(_ entries: [SwarmBoard.Entry]) -> NodesPart {
        var part = NodesPart()
        let shown = entries.count <= NodesPart.mostRows ? entries : Self.selection(entries, NodesPart.mostRows)
        for entry in shown {
            guard let track = tracks[entry.node.name] else { continue }
            var state = state(of: track)
            if entry.status == .failed { state = .failed }
            let behind = board.cycle > track.report?.cycle ?? 0 ? board.cycle - (track.report?.cycle ?? 0) : 0
            let note = state == .silent ? "for \(behind) cycles" : state == .stalled ? track.stall ?? "" : ""
            part.add(
                entry.node.name, track.report, role: entry.node.role.rawValue, state: state, note: note,
                rate: state == .working || state == .seed || state == .complete ? track.rate.perSecond : nil)
        }
        part.hidden = entries.count - shown.count
        part.hiddenComplete =
            entries.count { $0.report?.isComplete == true }
            - shown.count { $0.report?.isComplete == true }
        return part
    }

    /// The first seeds and the peers that hold least, in the board's order.
    private static func selection(_ entries: [SwarmBoard.Entry], _ count: Int) -> [SwarmBoard.Entry] {
        let fractions = entries.map { $0.report?.fraction ?? 0 }
        let seeds = entries.indices.filter { entries[$0].node.role == .seed }.prefix(count / 4)
        let peers = entries.indices.filter { entries[$0].node.role == .peer }
            .sorted { (fractions[$0], $0) < (fractions[$1], $1) }
            .prefix(count - seeds.count)
        return (seeds + peers).sorted().map { entries[$0] }
    }

    private static func event(_ entry: HistoryEntry) -> EventPart {
        EventPart(
            cycle: entry.cycle, seconds: Double(entry.time.nanoseconds / 1_000_000) / 1000, node: entry.node,
            event: entry.kind.rawValue, detail: entry.detail)
    }
}
