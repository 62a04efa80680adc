import GossipCore

/// Some of a simulated swarm's nodes, with the messages that they send.
struct ShardState {
    /// Every message is handled where it is delivered, so one token serves them all.
    private static let token = MessageToken(0)

    /// The number of the first node here.
    private let base: UInt32
    private let shardSize: Int
    private let shardCount: Int
    var machines: [PeerStateMachine]
    /// Which nodes are not there, and neither tick nor receive; empty where all are.
    var isAbsent: [Bool] = []
    private(set) var trace = TraceHash()
    private var sent: [Envelope] = []
    private var actions: [PeerAction] = []
    /// What `warmCache` read, or the compiler would leave it out.
    private var warmth: UInt64 = 0

    init(base: Int, machines: [PeerStateMachine], shardSize: Int, shardCount: Int) {
        self.base = UInt32(base)
        self.shardSize = shardSize
        self.shardCount = shardCount
        self.machines = machines
    }

    /// The tick at every node here.
    mutating func startCycle(_ cycle: Cycle) {
        for index in machines.indices where isPresent(index) {
            handle(.cycleStarted(cycle), at: index, from: nil)
        }
    }

    /// Reads through the nodes here, one after the other, so that the messages that come for them in no order find
    /// them in the core's cache.
    mutating func warmCache() {
        machines.withUnsafeBufferPointer { machines in
            var sum: UInt64 = 0
            for index in machines.indices {
                // A word of each cache line that a message touches.
                sum &+= machines[index].cycle &+ UInt64(machines[index].configuration.chunkCount)
                sum &+= machines[index].counts.missed
            }
            warmth = sum
        }
    }

    /// A shuffle of every node here, though no cycle begins.
    mutating func shuffle() {
        for index in machines.indices where isPresent(index) {
            handle(.joinDue(through: []), at: index, from: nil)
        }
    }

    /// A node shuffles with one that it was told of.
    mutating func join(_ index: Int, through contact: PeerID) {
        handle(.joinDue(through: [contact]), at: index, from: nil)
    }

    private func isPresent(_ index: Int) -> Bool { isAbsent.isEmpty || !isAbsent[index] }

    /// Delivers messages to nodes here.
    mutating func receive(_ messages: ArraySlice<Envelope>) {
        for envelope in messages {
            let index = Int(envelope.to.rawValue - base)
            guard isPresent(index) else { continue }
            switch envelope.content {
            case .request(let request):
                handle(.requestReceived(request, Self.token), at: index, from: envelope.from)
            case .reply(let reply):
                handle(.replyReceived(reply, from: envelope.from, Self.token), at: index, from: nil)
            }
        }
    }

    /// Moves what was sent in this round to an outbox.
    mutating func empty(into outbox: inout Outbox) {
        outbox.fill(with: sent, shardSize: shardSize, shardCount: shardCount)
        sent.removeAll(keepingCapacity: true)
    }

    private mutating func handle(_ event: PeerEvent, at index: Int, from sender: PeerID?) {
        actions.removeAll(keepingCapacity: true)
        machines[index].handle(event, into: &actions)
        var position = 0
        while position < actions.count {
            perform(actions[position], at: index, from: sender)
            position += 1
        }
    }

    private mutating func perform(_ action: PeerAction, at index: Int, from sender: PeerID?) {
        switch action {
        case .send(let request, let peer):
            send(Envelope(from: PeerID(base + UInt32(index)), to: peer, content: .request(request)))
        case .reply(let reply, _):
            guard let sender else { preconditionFailure("a reply answers a request") }
            send(Envelope(from: PeerID(base + UInt32(index)), to: sender, content: .reply(reply)))
        case .verifyChunk(_, let token):
            machines[index].handle(.chunkVerified(token, isValid: true), into: &actions)
        case .decode(let token):
            machines[index].handle(.decoded(token, isValid: true), into: &actions)
        case .startDigestWait:
            // Every digest comes within the cycle.
            break
        case .seekPeers:
            // Once the overlay is there, no tracker is.
            break
        case .storeChunk, .reportCorruptChunk, .release, .dropLink, .forgetPeer, .reportProgress, .reportCompletion,
            .storeCoded, .storeDecoded, .discardCoded, .reportCodedProgress:
            break
        case .ask, .answer, .forgetReceiver, .awaitCycleEnding:
            preconditionFailure("the bulk exchange takes time, which there is none of within a cycle here")
        }
    }

    private mutating func send(_ envelope: Envelope) {
        trace.mix(envelope)
        sent.append(envelope)
    }
}
