import GossipCore
import GossipWire
import Logging
import Metainfo
import ZeroMQ

/// What the node says of itself within its process, once a second.
extension PeerShell {
    private static let statusPeriod = Duration.seconds(1)

    /// Looks whether the download goes on, tells the status where somebody listens, and does so again in a second.
    func noteStatus() {
        watchForStall()
        configuration.onStatus?(status)
        timers.set(.status, at: .now + Self.statusPeriod, on: loop) { [unowned self] in noteStatus() }
    }

    private func watchForStall() {
        guard configuration.role == .peer, !machine.hasAllWanted else { return }
        waits.look()
        let isNew = stallWatch.look(machine.progressCount, interval: interval, at: .now) { StallReason(stallFacts) }
        guard isNew, let reason = stallWatch.reason else { return }
        log.notice(
            "stalled", metadata: ["reason": "\(reason)", "chunks": "\(machine.progressCount)/\(codec.chunkCount)"])
        publishEvent(.stalled, reason: reason.description)
    }

    private var stallFacts: StallFacts {
        var facts = StallFacts(
            peers: machine.peers.count, isTrackerSilent: trackerIsSilent, hasBegun: machine.cycle > 0,
            sources: machine.knownSources.map { StallFacts.Sources($0, held: machine.heldOrUnwanted) })
        facts.isWaitingForDisk = waits.isWaitingForDisk
        facts.isLimited = waits.limit > 0
        return facts
    }

    /// Where the node stands now.
    var status: NodeStatus {
        let isDone = machine.hasAllWanted
        let here = self.here
        return NodeStatus(
            torrent: codec.torrent.description, name: configuration.metafile.name, path: store.path,
            node: configuration.name, role: configuration.role,
            state: state, stall: isDone ? nil : stallWatch.reason, at: .now, cycle: machine.cycle,
            chunksHeld: here.chunks, chunkCount: wanted.count, bytesHeld: isDone ? wanted.byteCount : here.bytes,
            totalBytes: wanted.byteCount, bytesSent: bytesSent, bytesReceived: bytesReceived, peers: machine.peers.count
        )
    }

    private var state: NodeStatus.State {
        if machine.hasAllWanted { return .complete }
        if stallWatch.reason != nil { return .stalled }
        return machine.cycle == 0 ? .joining : .downloading
    }

    /// How much is there of what is wanted. In a coded swarm no chunk is there before all are; each packet that helped
    /// stands for one.
    private var here: (chunks: UInt32, bytes: UInt64) {
        guard configuration.gossip.chunkSelection == .coded else { return wanted.share(of: machine.heldAndFresh) }
        let layout = configuration.metafile.layout
        let bytes = min(layout.length, UInt64(machine.progressCount) * UInt64(layout.chunkSize))
        return (UInt32(clamping: machine.progressCount), bytes)
    }
}
