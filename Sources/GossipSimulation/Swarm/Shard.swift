import GossipCore

/// Some of a simulated swarm's nodes, with the messages that they send.
///
/// A cycle's work is split by shards, and what a shard does depends on nothing that another does in the same round: it
/// reads what the others sent in the round before, shard by shard in their order. So the number of cores that work on
/// the shards cannot change what comes out.
///
/// Sendable though it has mutable state: in a round each shard is worked on by one core, others only read its
/// `delivered`, which nobody writes then; between rounds, a barrier, one core touches them all.
final class Shard: @unchecked Sendable {
    /// Every message is handled where it is delivered, so one token serves them all.
    private static let token = MessageToken(0)

    /// The number of the first node here.
    private let base: UInt32
    private let shardSize: Int
    var machines: [PeerStateMachine]
    /// What was sent in the round before, by the receiver's shard.
    private(set) var delivered: [[Envelope]]
    private(set) var trace = TraceHash()
    private var outgoing: [[Envelope]]
    private var actions: [PeerAction] = []
    private var hasSent = false

    init(base: Int, machines: [PeerStateMachine], shardSize: Int, shardCount: Int) {
        self.base = UInt32(base)
        self.shardSize = shardSize
        self.machines = machines
        delivered = Array(repeating: [], count: shardCount)
        outgoing = delivered
    }

    /// The tick at every node here.
    func startCycle(_ cycle: Cycle) {
        for index in machines.indices {
            handle(.cycleStarted(cycle), at: index, from: nil)
        }
    }

    /// Delivers what the shards sent to this one, the number `own`.
    func receive(from shards: [Shard], own: Int) {
        for shard in shards {
            for envelope in shard.delivered[own] {
                let index = Int(envelope.to.rawValue - base)
                switch envelope.content {
                case .request(let request):
                    handle(.requestReceived(request, Self.token), at: index, from: envelope.from)
                case .reply(let reply):
                    handle(.replyReceived(reply, from: envelope.from, Self.token), at: index, from: nil)
                }
            }
        }
    }

    /// Makes what was sent in this round what is delivered in the next.
    /// - Returns: whether there is anything.
    func endRound() -> Bool {
        defer { hasSent = false }
        swap(&delivered, &outgoing)
        for index in outgoing.indices where !outgoing[index].isEmpty {
            outgoing[index].removeAll(keepingCapacity: true)
        }
        return hasSent
    }

    private func handle(_ event: PeerEvent, at index: Int, from sender: PeerID?) {
        actions.removeAll(keepingCapacity: true)
        machines[index].handle(event, into: &actions)
        var position = 0
        while position < actions.count {
            perform(actions[position], at: index, from: sender)
            position += 1
        }
    }

    private func perform(_ action: PeerAction, at index: Int, from sender: PeerID?) {
        switch action {
        case .send(let request, let peer):
            send(Envelope(from: PeerID(base + UInt32(index)), to: peer, content: .request(request)))
        case .reply(let reply, _):
            guard let sender else { preconditionFailure("a reply answers a request") }
            send(Envelope(from: PeerID(base + UInt32(index)), to: sender, content: .reply(reply)))
        case .verifyChunk(_, let token):
            machines[index].handle(.chunkVerified(token, isValid: true), into: &actions)
        case .startDigestWait:
            // Every digest comes within the cycle.
            break
        case .storeChunk, .reportCorruptChunk, .release, .dropLink, .reportProgress, .reportCompletion:
            break
        }
    }

    private func send(_ envelope: Envelope) {
        trace.mix(envelope)
        hasSent = true
        outgoing[Int(envelope.to.rawValue) / shardSize].append(envelope)
    }
}
