import GossipCore
import GossipNode
import Reporting
import ZeroMQ

/// One transfer as it is followed: its rate, and when something was said of it last.
struct Transfer {
    let key: String
    private(set) var progress: TransferProgress?
    private(set) var isComplete = false
    private var received = RateMeter()
    private var sent = RateMeter()
    private var began: (at: TimePoint, bytes: UInt64)?
    private var now = TimePoint(nanoseconds: 0)
    private var pace = LinePace()

    init(key: String) {
        self.key = key
    }

    /// Takes in how far hashing is.
    mutating func note(_ hashing: TransferProgress) {
        tell(hashing.bytes, 0, at: .monotonic)
        var hashing = hashing
        hashing.bytesPerSecond = received.perSecond
        progress = hashing
    }

    /// Takes in where a node stands.
    mutating func note(_ status: NodeStatus) {
        tell(status.bytesHeld, status.bytesSent, at: status.at)
        isComplete = status.state == .complete
        var progress = TransferProgress(
            kind: isComplete ? .serving : .downloading, name: status.name, bytes: status.bytesHeld,
            totalBytes: status.totalBytes)
        progress.bytesPerSecond = isComplete ? sent.perSecond : received.perSecond
        progress.peers = status.peers
        progress.bytesSent = status.bytesSent
        progress.reason = status.stall?.description
        self.progress = progress
    }

    private mutating func tell(_ bytes: UInt64, _ sentBytes: UInt64, at now: TimePoint) {
        self.now = now
        began = began ?? (now, bytes)
        received.note(bytes, at: now)
        sent.note(sentBytes, at: now)
    }

    /// A line for where nothing can be redrawn; nil while the last one is fresh.
    mutating func dueLine() -> String? {
        guard let progress, pace.isDue(at: now, since: began?.at ?? now) else { return nil }
        return TransferLine.plain(progress)
    }

    /// What came, how long it took and how fast it was; nil where everything was there from the start.
    var completionLine: String? {
        guard let progress, let began, progress.totalBytes > began.bytes else { return nil }
        return TransferLine.completion(
            name: progress.name, bytes: progress.totalBytes - began.bytes,
            seconds: Double(now.since(began.at).nanoseconds) / 1e9)
    }

    /// The line for programs.
    func record(_ status: NodeStatus) -> TransferRecord {
        var shown = progress ?? TransferProgress(kind: .downloading, name: status.name, bytes: 0, totalBytes: 0)
        // Programs get the rate of what is received while something is, and of nothing afterwards.
        shown.bytesPerSecond = isComplete ? nil : received.perSecond
        return TransferRecord(
            torrent: status.torrent, node: status.node, state: status.state.rawValue, path: status.path,
            chunksHeld: status.chunksHeld, chunkCount: status.chunkCount, progress: shown)
    }
}

extension TimePoint {
    /// Now, by the clock of the nodes' own times.
    static var monotonic: TimePoint {
        TimePoint(nanoseconds: UInt64(max(0, MonotonicTime.now.nanoseconds)))
    }
}
