import GossipCore
import GossipWire

/// What a recorder keeps of a report.
struct NodeState: Equatable, Sendable {
    var chunksHeld: UInt32
    var messages = MessageCounts()
    var bytesSent: UInt64 = 0
    var bytesReceived: UInt64 = 0
    /// Messages of the report's cycle alone, by the `peer_ref` of whom they went to.
    var sentTo: [String: UInt32] = [:]

    init(chunksHeld: UInt32) {
        self.chunksHeld = chunksHeld
    }

    init(_ report: ProgressReport) {
        chunksHeld = report.chunksHeld
        messages = report.messages
        bytesSent = report.bytesSent
        bytesReceived = report.bytesReceived
        sentTo = report.sentTo ?? [:]
    }

    /// A restarted node counts from zero again.
    func bytesSentSince(_ earlier: NodeState) -> UInt64 {
        bytesSent >= earlier.bytesSent ? bytesSent - earlier.bytesSent : bytesSent
    }

    func bytesReceivedSince(_ earlier: NodeState) -> UInt64 {
        bytesReceived >= earlier.bytesReceived ? bytesReceived - earlier.bytesReceived : bytesReceived
    }
}
