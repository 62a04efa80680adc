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
        guard configuration.role == .peer, !machine.isComplete else { return }
        let isNew = stallWatch.look(machine.progressCount, interval: interval, at: .now) { StallReason(stallFacts) }
        guard isNew, let reason = stallWatch.reason else { return }
        log.notice(
            "stalled", metadata: ["reason": "\(reason)", "chunks": "\(machine.progressCount)/\(codec.chunkCount)"])
        publishEvent(.stalled, reason: reason.description)
    }

    private var stallFacts: StallFacts {
        var facts = StallFacts(
            peers: machine.peers.count, isTrackerSilent: trackerIsSilent, hasBegun: machine.cycle > 0,
            sources: machine.knownSources.map { StallFacts.Sources($0, held: machine.heldAndFresh) })
        facts.isWaitingForDisk = waits.disk > 0
        facts.isLimited = waits.limit > 0
        return facts
    }

    /// Where the node stands now.
    var status: NodeStatus {
        let layout = configuration.metafile.layout
        let isComplete = machine.isComplete
        return NodeStatus(
            torrent: codec.torrent.description, name: configuration.metafile.name, path: store.path,
            node: configuration.name, role: configuration.role,
            state: state, stall: isComplete ? nil : stallWatch.reason, at: .now, cycle: machine.cycle,
            chunksHeld: UInt32(clamping: machine.progressCount), chunkCount: layout.chunkCount,
            bytesHeld: isComplete ? layout.length : bytesHeld,
            totalBytes: layout.length, bytesSent: bytesSent, bytesReceived: bytesReceived, peers: machine.peers.count)
    }

    private var state: NodeStatus.State {
        if machine.isComplete { return .complete }
        if stallWatch.reason != nil { return .stalled }
        return machine.cycle == 0 ? .joining : .downloading
    }

    /// In a coded swarm no chunk is there before all are; each packet that helped stands for one.
    private var bytesHeld: UInt64 {
        let layout = configuration.metafile.layout
        guard configuration.gossip.chunkSelection == .coded else { return layout.byteCount(of: machine.heldAndFresh) }
        return min(layout.length, UInt64(machine.progressCount) * UInt64(layout.chunkSize))
    }
}
