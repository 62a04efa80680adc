import GossipCore
import GossipWire

@testable import Reporting

/// A made-up swarm whose peers get one chunk each cycle, one cycle after one another.
struct SampleSwarm {
    let peers: Int
    let chunks: UInt32

    var nodes: [RecordedNode] {
        [RecordedNode(name: "seed", role: .seed)]
            + (0..<peers).map { RecordedNode(name: "peer\($0 + 1)", role: .peer) }
    }

    var parameters: RunParameters {
        RunParameters(
            name: "gotorrent", gossip: GossipParameters(), intervalMilliseconds: 1000, seedCount: 1, peerCount: peers,
            chunkCount: chunks, chunkSize: 1, fileBytes: UInt64(chunks))
    }

    /// Where a node is reached.
    func reference(of index: Int) -> String { "tcp://127.0.0.1:\(7000 + index)" }

    /// Every node's report at a cycle's end. From cycle 1 on each has sent two messages to the node after it.
    func reports(_ cycle: Cycle) -> [ProgressReport] {
        nodes.indices.map { report(of: $0, cycle) }
    }

    func report(of index: Int, _ cycle: Cycle) -> ProgressReport {
        let node = nodes[index]
        let delay = Cycle(index % 5)
        let isSeed = node.role == .seed
        let held = isSeed ? chunks : UInt32(min(UInt64(chunks), cycle > delay ? cycle - delay : 0))
        var messages = MessageCounts()
        messages.sent = cycle * 2
        messages.useful = isSeed ? 0 : UInt64(held)
        messages.redundant = (cycle + delay) / 3 - delay / 3
        messages.missed = isSeed || cycle < 4 ? 0 : 1
        return ProgressReport(
            torrent: "aa", node: node.name, role: node.role, peerReference: reference(of: index), cycle: cycle,
            chunksHeld: held, chunkCount: chunks, bitfield: nil, messages: messages, bytesSent: cycle * 2,
            bytesReceived: UInt64(held), sentTo: cycle == 0 ? [:] : [reference(of: (index + 1) % nodes.count): 2])
    }
}
