import Testing

@testable import GossipCore

/// A peer under random events, with a naive model beside it that is compared after every one of them.
struct ModelledPeer {
    private(set) var machine: PeerStateMachine
    private var generator: RandomGenerator
    private let chunkCount: UInt32
    private var cycle: Cycle = 0
    /// What may leave in this cycle: what was held when it began.
    private var usable: Set<ChunkID>
    private var stored: Set<ChunkID> = []
    private var nextToken: UInt32 = 0
    private var outstanding: Set<MessageToken> = []
    private var verifying: [MessageToken] = []
    private var verified = 0
    private var sent: UInt64 = 0

    init(seed: UInt64, style: GossipStyle, selection: ChunkSelection, separation: Separation) {
        generator = RandomGenerator(seed: seed, stream: 1)
        chunkCount = UInt32([0, 1, 9, 70][generator.index(below: 4)])
        let gossip = GossipParameters(
            style: style, fanout: 1 + generator.index(below: 3), chunkSelection: selection, separation: separation)
        var configuration = PeerConfiguration(gossip: gossip, chunkCount: chunkCount)
        configuration.holdQueueLimit = 6
        configuration.verificationLimit = 5
        configuration.peerLimit = 7
        var held = ChunkSet(chunkCount: chunkCount)
        for chunk in 0..<chunkCount where generator.index(below: 3) == 0 {
            held.insert(chunk)
        }
        usable = Set(held.members)
        machine = PeerStateMachine(
            configuration: configuration, held: held, generator: RandomGenerator(seed: seed, stream: 2))
    }

    /// Feeds one random event and checks everything that must hold after it.
    mutating func step() {
        let event = randomEvent()
        let before = machine.counts
        if case .cycleStarted(let new) = event, new != cycle {
            cycle = new
            usable.formUnion(stored)
            stored = []
        }
        let actions = machine.handle(event)
        var released = 0
        for action in actions { check(action, released: &released) }
        if case .chunkVerified = event { verified += 1 }
        checkState(since: before)
    }

    /// Finishes what is under way, so that every token must have come back.
    mutating func finish() {
        for next in [cycle &+ 1, cycle &+ 2] {
            while let token = verifying.popLast() { finishVerification(token) }
            cycle = next
            usable.formUnion(stored)
            stored = []
            for action in machine.handle(.cycleStarted(next)) {
                var released = 0
                check(action, released: &released)
            }
        }
        while let token = verifying.popLast() { finishVerification(token) }
        #expect(outstanding.isEmpty, "every token is released")
    }

    private mutating func finishVerification(_ token: MessageToken) {
        var released = 0
        for action in machine.handle(.chunkVerified(token, isValid: true)) { check(action, released: &released) }
        verified += 1
        #expect(released == 1)
    }

    private mutating func check(_ action: PeerAction, released: inout Int) {
        switch action {
        case .release(let token):
            #expect(outstanding.remove(token) != nil, "a token is released once")
            #expect(!verifying.contains(token), "not while its bytes are verified")
            released += 1
        case .verifyChunk(_, let token):
            #expect(outstanding.contains(token))
            verifying.append(token)
        case .storeChunk(let chunk, let token):
            #expect(outstanding.contains(token) && !usable.contains(chunk) && stored.insert(chunk).inserted)
        case .send(.push(let carried, let chunk), _):
            #expect(carried == cycle && usable.contains(chunk))
            sent += 1
        case .send(.pull(let carried, let chunk), _):
            #expect(carried == cycle && chunk < chunkCount && !usable.contains(chunk))
            sent += 1
        case .reply(.chunk(_, let chunk), let token):
            #expect(usable.contains(chunk) && outstanding.contains(token))
        case .reply(.have(_, let digest), _):
            #expect(Set(digest.members) == usable)
        case .reportCompletion:
            #expect(usable.count + stored.count == Int(chunkCount))
        case .reportProgress(let snapshot):
            #expect(Set(snapshot.held.members) == usable)
        case .send(.have, _), .send(.shuffle, _), .reply, .reportCorruptChunk, .startDigestWait, .dropLink,
            .forgetPeer, .seekPeers, .ask, .answer, .forgetReceiver, .awaitCycleEnding:
            break
        case .send(.coded, _), .send(.pullCoded, _), .storeCoded, .decode, .storeDecoded, .discardCoded,
            .reportCodedProgress:
            Issue.record("whole chunks are not coded: \(action)")
        }
    }

    private func checkState(since before: MessageCounts) {
        let counts = machine.counts
        let counted = counts.useful + counts.redundant + counts.late + counts.corrupt
        #expect(counted == UInt64(verified), "each chunk that was verified is exactly one of the four")
        #expect(counts.sent == sent)
        #expect(counts.lateKept <= counts.late)
        #expect(Set(machine.held.members) == usable, "nothing unverified is held")
        #expect(machine.heldAndFresh.count == UInt32(usable.count + stored.count))
        #expect(machine.holdQueue.count <= 6 && machine.verifications.count <= 5 && machine.peers.count <= 7)
        #expect(machine.holdQueue.count + machine.verifications.count == outstanding.count)
        for (_, path) in MessageCounts.fields { #expect(counts[keyPath: path] >= before[keyPath: path]) }
    }

    private mutating func randomEvent() -> PeerEvent {
        switch generator.index(below: 20) {
        case 0...2: return .cycleStarted(randomTick())
        case 3: return .peersReceived((0..<3).map { _ in randomPeer() })
        case 4...9: return .requestReceived(randomRequest(), token())
        case 10...13: return .replyReceived(randomReply(), from: randomPeer(), token())
        case 14...16:
            guard !verifying.isEmpty else { return .digestWaitEnded(cycle) }
            let token = verifying.remove(at: generator.index(below: verifying.count))
            return .chunkVerified(token, isValid: generator.index(below: 4) > 0)
        case 17: return .requestUndelivered(randomRequest(), to: randomPeer())
        case 18: return .digestWaitEnded(randomCycle())
        default: return .peerGone(randomPeer())
        }
    }

    private mutating func token() -> MessageToken {
        defer { nextToken += 1 }
        outstanding.insert(MessageToken(nextToken))
        return MessageToken(nextToken)
    }

    /// Mostly the next cycle; now and then a jump, or a clock that began anew.
    private mutating func randomTick() -> Cycle {
        switch generator.index(below: 12) {
        case 0: cycle + 5
        case 1: 1
        case 2: cycle
        default: cycle + 1
        }
    }

    private mutating func randomCycle() -> Cycle {
        switch generator.index(below: 10) {
        case 0: [0, .max, 1 << 53][generator.index(below: 3)]
        case 1...2: cycle + 1
        case 3: cycle + 2
        case 4...5: cycle == 0 ? 0 : cycle - 1
        default: cycle
        }
    }

    private mutating func randomPeer() -> PeerID { PeerID(UInt32(generator.index(below: 10))) }

    private mutating func randomChunk() -> ChunkID {
        generator.index(below: 15) == 0
            ? [chunkCount, .max][generator.index(below: 2)] : ChunkID(generator.index(below: Int(chunkCount) + 1))
    }

    private mutating func randomRequest() -> PeerRequest {
        switch generator.index(below: 5) {
        case 0...2: .push(cycle: randomCycle(), chunk: randomChunk())
        case 3: .pull(cycle: randomCycle(), chunk: randomChunk())
        default: .have(cycle: randomCycle(), digest: nil)
        }
    }

    private mutating func randomReply() -> PeerReply {
        switch generator.index(below: 6) {
        case 0...2: return .chunk(cycle: randomCycle(), chunk: randomChunk())
        case 3: return .none(cycle: randomCycle(), chunk: randomChunk())
        case 4: return .late(cycle: randomCycle(), chunk: randomChunk())
        default:
            var digest = ChunkSet(chunkCount: chunkCount + UInt32(generator.index(below: 8) / 7))
            for chunk in 0..<digest.chunkCount where generator.index(below: 2) == 0 {
                digest.insert(chunk)
            }
            return .have(cycle: randomCycle(), digest: digest)
        }
    }
}
