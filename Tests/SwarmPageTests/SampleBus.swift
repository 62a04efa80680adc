import GossipCore
import GossipWire

@testable import SwarmPage

/// What a made-up swarm says on the bus.
enum SampleBus {
    static let torrent = "5f74bc59"

    /// A report; `chunks` in string art, `x` for each chunk that is held, and `nil` where the bus tells no bitfield.
    static func report(
        _ node: String, cycle: Cycle, _ chunks: String, role: NodeRole = .peer, useful: UInt64 = 0,
        redundant: UInt64 = 0, missed: UInt64 = 0, hasBitfield: Bool = true, torrent: String = torrent,
        bytesReceived: UInt64 = 0
    ) -> BusMessage {
        var set = ChunkSet(chunkCount: UInt32(chunks.count))
        for (chunk, mark) in chunks.enumerated() where mark == "x" { set.insert(ChunkID(chunk)) }
        var messages = MessageCounts()
        (messages.useful, messages.redundant, messages.missed) = (useful, redundant, missed)
        return .progress(
            ProgressReport(
                torrent: torrent, node: node, role: role, peerReference: "tcp://127.0.0.1:7001", cycle: cycle,
                chunksHeld: set.count, chunkCount: set.chunkCount, bitfield: hasBitfield ? set.bitfield.hex : nil,
                messages: messages, bytesSent: 0, bytesReceived: bytesReceived))
    }

    static func tick(_ cycle: Cycle, interval: UInt64 = 1000) -> BusMessage {
        .cycle(CycleTick(cycle: cycle, intervalMilliseconds: interval, startedAt: ""))
    }

    static func event(_ kind: SwarmEvent.Kind, _ node: String, cycle: Cycle = 0, reason: String? = nil) -> BusMessage {
        .event(SwarmEvent(kind: kind, torrent: torrent, node: node, cycle: cycle, at: "", reason: reason))
    }

    /// A moment, in seconds since the record began.
    static func at(_ seconds: Double) -> TimePoint { TimePoint(nanoseconds: UInt64(seconds * 1e9)) }

    /// A picture that heard all of these at once.
    static func picture(_ messages: [BusMessage], at moment: Double = 0) -> SwarmPicture {
        var picture = SwarmPicture(at: at(0))
        for message in messages { picture.take(message, at: at(moment)) }
        return picture
    }
}
