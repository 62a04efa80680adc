import GossipCore
import GossipWire
import Reporting

/// What a report changes.
extension SwarmPicture {
    /// Takes a report into the tracks, the map and the curves.
    /// - Returns: false where it is old, or cannot be of this torrent.
    mutating func note(_ report: ProgressReport, at now: TimePoint) -> Bool {
        guard tracks[report.node] != nil || tracks.count < Self.mostNodes else { return false }
        guard report.chunksHeld <= report.chunkCount, report.chunkCount == chunkCount ?? report.chunkCount else {
            return false
        }
        // Taken out, so that what it holds is not copied when it changes.
        var track = tracks.removeValue(forKey: report.node) ?? NodeTrack()
        defer { tracks[report.node] = track }
        // What was on its way when a link broke may come after what was said later on a new one.
        if let known = track.report, !track.isNew, report.cycle < known.cycle { return false }
        guard series.add(change(by: report, since: track), in: report.cycle) else { return false }
        chunkCount = report.chunkCount
        if report.chunksHeld > track.report?.chunksHeld ?? 0 { track.stall = nil }
        follow(report, &track)
        track.rate.note(report.bytesReceived, at: now)
        track.report = report
        track.report?.bitfield = nil
        if tracks.count >= LinksPart.mostNodes { track.report?.sentTo = nil }
        (track.isNew, track.isGone) = (false, false)
        return true
    }

    private func change(by report: ProgressReport, since track: NodeTrack) -> CycleSeries.Bucket {
        var change = CycleSeries.Bucket()
        if report.role == .peer {
            change.held = Int64(report.chunksHeld) - Int64(track.report?.chunksHeld ?? 0)
            change.wanted = track.report == nil ? Int64(report.chunkCount) : 0
            change.complete = (report.isComplete ? 1 : 0) - (track.report?.isComplete == true ? 1 : 0)
        }
        // Of a node that was there before us nobody knows in which cycles it counted what.
        let base = track.report?.messages ?? (track.isNew || report.cycle == 0 ? MessageCounts() : report.messages)
        change.messages = report.messages.since(base)
        return change
    }

    /// Follows which chunks the node holds, as far as the bus tells.
    private mutating func follow(_ report: ProgressReport, _ track: inout NodeTrack) {
        let new = chunks(of: report)
        guard new != nil || track.held != nil, report.chunkCount <= ChunkCopies.mostChunks else { return }
        if copies == nil { copies = ChunkCopies(chunkCount: report.chunkCount) }
        if track.cells.isEmpty { track.cells = Array(repeating: 0, count: copies?.columnCount ?? 0) }
        let none = ChunkSet(chunkCount: report.chunkCount)
        copies?.change(from: track.held ?? none, to: new ?? none, cells: &track.cells)
        track.held = new
    }

    /// Nil where it cannot be known. All and none need no bitfield.
    private func chunks(of report: ProgressReport) -> ChunkSet? {
        guard report.chunkCount <= ChunkCopies.mostChunks else { return nil }
        if report.isComplete { return .full(chunkCount: report.chunkCount) }
        if report.chunksHeld == 0 { return ChunkSet(chunkCount: report.chunkCount) }
        guard let bitfield = report.bitfield.flatMap({ [UInt8](hex: $0) }) else { return nil }
        let set = bitfield.withUnsafeBytes { ChunkSet(bitfield: $0, chunkCount: report.chunkCount) }
        // Of a coded swarm the number tells packets; what the bitfield says is what is drawn.
        return set
    }
}
