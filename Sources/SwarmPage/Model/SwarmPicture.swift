import GossipCore
import GossipWire
import Reporting

/// Everything that the page is told, folded from what the bus says.
///
/// It shows one torrent: the first that a node reports on, or the one asked for. Rows and clock are those of the live
/// table (`SwarmBoard`), what happened is that of the record (`SwarmHistory`); the map and the curves are added here.
/// Memory is bounded whatever strangers publish.
package struct SwarmPicture: Sendable {
    /// Nodes beyond these are not shown: anyone may publish under any name.
    static let mostNodes = 4_096
    /// What happened longer ago than so many entries is not shown.
    static let mostEntries = 100

    /// What the run is called; nil where nobody said.
    package let name: String?
    /// The torrent that is shown, in hex; nil until one is reported on.
    package private(set) var torrent: String?
    var board = SwarmBoard()
    var tracks: [String: NodeTrack] = [:]
    var series = CycleSeries()
    /// Nil where the bus does not tell who holds which chunk.
    var copies: ChunkCopies?
    var chunkCount: UInt32?
    /// The newest entries, oldest first.
    var entries: [HistoryEntry] = []
    var isClockSilent = false
    var lastTick: TimePoint?
    /// Torrents that were heard of and are not shown.
    var otherTorrents: Set<String> = []
    private var history: SwarmHistory
    private let wanted: String?

    /// - Parameters:
    ///   - name: what the run is called.
    ///   - torrent: the beginning of the torrent to show, in hex; nil for the first that is reported on.
    ///   - now: when the record of what happens begins.
    package init(name: String? = nil, torrent: String? = nil, at now: TimePoint) {
        self.name = name
        wanted = torrent?.lowercased()
        history = SwarmHistory(start: now)
    }

    /// Takes in what the bus said.
    /// - Returns: whether anything that is shown may have changed.
    @discardableResult
    package mutating func take(_ message: BusMessage, at now: TimePoint) -> Bool {
        switch message {
        case .cycle:
            lastTick = now
            board.take(message)
        case .event(let event):
            guard isShown(event.torrent) else { return false }
            board.take(message)
            note(event)
        case .progress(let report):
            guard choose(report.torrent) else { return false }
            guard note(report, at: now) else { return false }
            board.take(.progress(report.withoutBitfield))
        }
        keep(history.take(message, at: now))
        return true
    }

    /// Looks for what is no longer said; to be called several times a second.
    /// - Returns: whether there was anything.
    package mutating func look(at now: TimePoint) -> Bool {
        let new = history.look(at: now)
        keep(new)
        return !new.isEmpty
    }

    private mutating func keep(_ new: [HistoryEntry]) {
        for entry in new {
            if entry.kind == .clockSilent { isClockSilent = true }
            if entry.kind == .clockBack { isClockSilent = false }
        }
        entries += new.filter { $0.torrent.isEmpty || isShown($0.torrent) }
        if entries.count > Self.mostEntries { entries.removeFirst(entries.count - Self.mostEntries) }
    }

    /// Whether a torrent is the one shown, or may become it.
    private func isShown(_ torrent: String) -> Bool {
        self.torrent.map { $0 == torrent } ?? (wanted.map { torrent.hasPrefix($0) } ?? true)
    }

    /// Takes the first torrent that may be shown.
    private mutating func choose(_ torrent: String) -> Bool {
        guard isShown(torrent) else {
            if otherTorrents.count < 1_000 { otherTorrents.insert(torrent) }
            return false
        }
        self.torrent = torrent
        return true
    }

    private mutating func note(_ event: SwarmEvent) {
        guard tracks[event.node] != nil || tracks.count < Self.mostNodes else { return }
        switch event.kind {
        case .joined:
            tracks[event.node, default: NodeTrack()].isNew = true
            tracks[event.node]?.isGone = false
        case .stalled: tracks[event.node]?.stall = event.reason ?? "it did not say why"
        case .left, .failed: tracks[event.node]?.isGone = true
        case .completed: break
        }
    }
}

extension ProgressReport {
    /// The report without what a stranger may make as long as a frame.
    fileprivate var withoutBitfield: ProgressReport {
        var report = self
        report.bitfield = nil
        return report
    }
}
