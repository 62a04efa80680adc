import GossipCore

/// A peer's events out of bytes: mostly such as make sense to it, now and then any.
extension FuzzInput {
    /// - Parameter peer: whom it is to happen to.
    /// - Returns: nil where what it would tell of is not under way.
    mutating func peerEvent(_ peer: PeerUnderTest) -> PeerEvent? {
        let machine = peer.machine
        switch below(22) {
        case 0...2: return .cycleStarted(machine.cycle + 1)
        case 3: return .cycleStarted(number() % (1 << 53))
        case 4: return .peersReceived((0..<below(5)).map { _ in peerID() })
        case 5...6: return .requestReceived(request(machine), peer.newToken)
        case 7: return .replyReceived(reply(machine), from: peerID(), peer.newToken)
        case 8...10:
            guard !peer.asked.isEmpty else { return nil }
            return answer(to: peer.asked[below(peer.asked.count)], peer.newToken)
        case 11...12:
            guard !peer.verifying.isEmpty else { return nil }
            return .chunkVerified(peer.verifying[below(peer.verifying.count)].token, isValid: below(4) > 0)
        case 13...14:
            let isOpening = bool()
            return .exchangeRequested(exchangeRequest(machine), by: receiver(), opener: isOpening ? peerID() : nil)
        case 15...16: return .exchangeAnswered(exchangeReply(machine), from: peerID(), peer.newToken)
        case 17:
            return bool()
                ? .requestUndelivered(request(machine), to: peerID())
                : .exchangeUndelivered(exchangeRequest(machine), to: peerID())
        case 18: return bool() ? .chunkServed(to: receiver()) : .receiverGone(receiver())
        case 19: return timeEvent(machine)
        case 20: return contactEvent()
        default:
            guard let token = peer.decoding else { return .messageRefused }
            return .decoded(token, isValid: bool())
        }
    }

    private mutating func timeEvent(_ machine: PeerStateMachine) -> PeerEvent {
        switch below(4) {
        case 0: .digestWaitEnded(cycle(machine))
        case 1: .intervalHeard(TimeSpan(nanoseconds: number()))
        default: .cycleEnding(cycle(machine))
        }
    }

    private mutating func contactEvent() -> PeerEvent {
        switch below(3) {
        case 0: .joinDue(through: (0..<below(3)).map { _ in peerID() })
        case 1: .peerReached(peerID())
        default: .peerGone(peerID())
        }
    }

    private mutating func answer(to asked: PeerUnderTest.Asked, _ token: MessageToken) -> PeerEvent {
        let comes = below(4) > 0
        if asked.isExchanged {
            let reply =
                comes
                ? ExchangeReply.chunk(cycle: asked.cycle, chunk: asked.chunk)
                : ExchangeReply.none(cycle: asked.cycle, chunk: asked.chunk)
            return .exchangeAnswered(reply, from: asked.peer, token)
        }
        let reply =
            comes
            ? PeerReply.chunk(cycle: asked.cycle, chunk: asked.chunk)
            : PeerReply.none(cycle: asked.cycle, chunk: asked.chunk)
        return .replyReceived(reply, from: asked.peer, token)
    }

    private mutating func request(_ machine: PeerStateMachine) -> PeerRequest {
        switch below(6) {
        case 0: .push(cycle: cycle(machine), chunk: chunk(machine))
        case 1: .pull(cycle: cycle(machine), chunk: chunk(machine))
        case 2: .have(cycle: cycle(machine), digest: bool() ? set(machine) : nil)
        case 3: .coded(cycle: cycle(machine), vector(machine))
        case 4: .pullCoded(cycle: cycle(machine))
        default: .shuffle(cycle: cycle(machine), entries: entries())
        }
    }

    private mutating func reply(_ machine: PeerStateMachine) -> PeerReply {
        switch below(7) {
        case 0: .chunk(cycle: cycle(machine), chunk: chunk(machine))
        case 1: .none(cycle: cycle(machine), chunk: chunk(machine))
        case 2: .late(cycle: cycle(machine), chunk: chunk(machine))
        case 3: .have(cycle: cycle(machine), digest: set(machine))
        case 4: .coded(cycle: cycle(machine), vector(machine))
        case 5: .shuffle(cycle: cycle(machine), entries: entries())
        default: .malformed
        }
    }

    private mutating func exchangeRequest(_ machine: PeerStateMachine) -> ExchangeRequest {
        switch below(4) {
        case 0: .open(cycle: cycle(machine), update(machine), known: bool() ? version() : nil)
        case 1: .want(cycle: cycle(machine), chunks(machine))
        case 2: .ready(cycle: cycle(machine))
        default: .cancel(cycle: cycle(machine), chunks(machine))
        }
    }

    private mutating func exchangeReply(_ machine: PeerStateMachine) -> ExchangeReply {
        switch below(6) {
        case 0:
            .opened(
                cycle: cycle(machine), update(machine), known: bool() ? version() : nil, queued: chunks(machine))
        case 1: .busy(cycle: cycle(machine))
        case 2: .got(cycle: cycle(machine), update(machine))
        case 3: .grant(cycle: cycle(machine), credit: UInt32(truncatingIfNeeded: number()), suggested: chunks(machine))
        case 4: .chunk(cycle: cycle(machine), chunk: chunk(machine))
        default: .none(cycle: cycle(machine), chunk: chunk(machine))
        }
    }

    private mutating func update(_ machine: PeerStateMachine) -> HoldingsUpdate {
        let version = version()
        switch below(3) {
        case 0: return HoldingsUpdate(version: version, content: .everything)
        case 1: return HoldingsUpdate(version: version, content: .chunks(set(machine)))
        default:
            let since = UInt32(truncatingIfNeeded: number())
            return HoldingsUpdate(version: version, content: .added(since: since, chunks(machine)))
        }
    }

    private mutating func version() -> HoldingsVersion {
        HoldingsVersion(epoch: UInt64(below(3)), count: UInt32(truncatingIfNeeded: number()))
    }

    private mutating func cycle(_ machine: PeerStateMachine) -> Cycle {
        switch below(8) {
        case 0...3: machine.cycle
        case 4: machine.cycle + 1
        case 5: machine.cycle - min(machine.cycle, 1)
        case 6: machine.cycle + 2
        default: number()
        }
    }

    /// Mostly one of the file; the codec lets no other through, and the core is to bear them all the same.
    private mutating func chunk(_ machine: PeerStateMachine) -> ChunkID {
        let byte = byte()
        return byte == 255 ? .max : ChunkID(byte) % (machine.configuration.chunkCount + 1)
    }

    private mutating func chunks(_ machine: PeerStateMachine) -> [ChunkID] {
        (0..<below(8)).map { _ in chunk(machine) }
    }

    private mutating func set(_ machine: PeerStateMachine) -> ChunkSet {
        let count = machine.configuration.chunkCount
        let bits = byte()
        var set = ChunkSet(chunkCount: count)
        for chunk in 0..<count where bits >> (chunk % 8) & 1 == 1 { set.insert(chunk) }
        return set
    }

    private mutating func vector(_ machine: PeerStateMachine) -> CodedVector {
        let count = Int(machine.configuration.chunkCount)
        let bytes = bytes(min(count, 9))
        return CodedVector(bytes + Array(repeating: 0, count: count - bytes.count))
    }

    private mutating func entries() -> [ViewEntry] {
        (0..<below(5)).map { _ in ViewEntry(peerID(), age: UInt16(byte()) << 8) }
    }

    private mutating func peerID() -> PeerID {
        let number = UInt32(below(10))
        return number == 9 ? PeerUnderTest.own : PeerID(number)
    }

    private mutating func receiver() -> ReceiverID { ReceiverID(UInt32(below(16))) }
}
