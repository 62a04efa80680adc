/// The source's half of the exchange: who is served what, and when.
///
/// The uplink is given out chunk by chunk, to one receiver after the other: when a place on it is about to be free, the
/// next one is granted to ask.
extension Exchange {
    /// How often a receiver may open the exchange before it answers a grant.
    private static let grantOpenings = 8

    mutating func serveOpening(
        of id: ReceiverID, in cycle: Cycle, _ update: HoldingsUpdate, known: HoldingsVersion?,
        _ step: inout ExchangeStep
    ) {
        guard let index = makeReceiver(id, &step) else {
            step.answer(.busy(cycle: cycle), to: id)
            return
        }
        noteOpening(ofReceiver: index, update)
        if !receivers[index].holdings.apply(update) {
            // It will tell everything once it hears that nothing is known.
            receivers[index].holdings = KnownHoldings(chunkCount: step.chunkCount)
        }
        receivers[index].openedIn = step.cycle
        receivers[index].told = log.version
        let version = receivers[index].holdings.version
        let own = log.update(since: known, held: step.held)
        step.answer(.opened(cycle: cycle, own, known: version, queued: receivers[index].queue.map(\.chunk)), to: id)
        receivers[index].isHungry = true
        grant(&step)
    }

    /// A grant may be behind chunks on its way, and is answered then; taken back too early, what it suggests is given away
    /// twice. The one to a node that was restarted is lost, and so is one that was never answered.
    private mutating func noteOpening(ofReceiver index: Int, _ update: HoldingsUpdate) {
        guard receivers[index].granted > 0 else { return }
        receivers[index].openingsSinceGrant += 1
        let isRestarted = receivers[index].holdings.version.map { $0.epoch != update.version.epoch } ?? false
        if isRestarted || receivers[index].openingsSinceGrant > Self.grantOpenings {
            if !isRestarted { receivers[index].ignoresGrants = true }
            takeBackGrant(ofReceiver: index)
        }
    }

    /// - Parameter cycle: in which the chunks are to be sent: this one, or where cycles are kept apart the next.
    mutating func serveWish(of id: ReceiverID, _ chunks: [ChunkID], in cycle: Cycle, _ step: inout ExchangeStep) {
        guard let index = makeReceiver(id, &step) else {
            step.answer(.busy(cycle: step.cycle), to: id)
            return
        }
        receivers[index].ignoresGrants = false
        if chunks.isEmpty { receivers[index].isHungry = false }
        for chunk in chunks {
            let isHeld = step.held.contains(chunk)
            guard isHeld, receivers[index].queue.count < parameters.queueLimit else {
                if isHeld || chunk >= step.chunkCount { step.counts.refused += 1 }
                step.answer(.none(cycle: cycle, chunk: chunk), to: id)
                continue
            }
            receivers[index].queue.append(.init(chunk: chunk, cycle: cycle))
            // Nobody gets more of the uplink by asking for more than was granted: the rest waits for its turn.
            if receivers[index].granted > 0 {
                receivers[index].granted -= 1
                receivers[index].entitled += 1
            }
            receivers[index].suggested.removeAll { $0 == chunk }
            leastSent?.remove(chunk)
        }
        takeBackGrant(ofReceiver: index)
        serve(index, &step)
        grant(&step)
    }

    /// A receiver wants something again.
    mutating func noteReady(_ id: ReceiverID, _ step: inout ExchangeStep) {
        guard let index = receiverIndex(id) else { return }
        receivers[index].isHungry = true
        grant(&step)
    }

    mutating func serveCancellation(of id: ReceiverID, _ chunks: [ChunkID], _ step: inout ExchangeStep) {
        guard let index = receiverIndex(id) else { return }
        for chunk in chunks {
            guard let place = receivers[index].queue.firstIndex(where: { $0.chunk == chunk }) else { continue }
            let wish = receivers[index].removeWish(at: place)
            step.answer(.none(cycle: step.isStrict ? wish.cycle : step.cycle, chunk: chunk), to: id)
        }
        grant(&step)
    }

    /// A receiver's link took a chunk in full.
    mutating func noteServed(_ id: ReceiverID, _ step: inout ExchangeStep) {
        guard let index = receiverIndex(id), receivers[index].serving > 0 else { return }
        window.noteServed()
        pace.noteServed(isLate: receivers[index].outgoing.removeFirst() < step.cycle)
        receivers[index].isStalled = false
        receivers[index].slowCycles = 0
        serve(index, &step)
        grant(&step)
    }

    /// Tells every receiver that waits for news what came, and everyone else with the next grant.
    mutating func tellNews(_ step: inout ExchangeStep) {
        guard !step.isStrict else { return }
        for index in receivers.indices where !receivers[index].isHungry { tellNews(toReceiver: index, &step) }
    }

    private mutating func makeReceiver(_ id: ReceiverID, _ step: inout ExchangeStep) -> Int? {
        if let index = receiverIndex(id) { return index }
        if receivers.count >= parameters.receiverLimit {
            // Who takes nothing keeps nobody out.
            guard let stalled = receivers.firstIndex(where: \.isStalled) else { return nil }
            removeReceiver(at: stalled, &step)
        }
        receivers.append(
            Receiver(
                id: id, holdings: KnownHoldings(chunkCount: step.chunkCount), openedIn: step.cycle,
                told: HoldingsVersion(epoch: log.epoch, count: 0)))
        return receivers.count - 1
    }

    /// Lets receivers ask, one after the other, as long as there are places on the uplink.
    mutating func grant(_ step: inout ExchangeStep) {
        let size = windowSize(step)
        var free = size - slotsInUse
        let grantSize = UploadWindow.grant(of: size, parameters)
        var idle = 0
        while free > 0, idle < receivers.count {
            let index = turn < receivers.count ? turn : 0
            turn = index + 1
            idle += 1
            let receiver = receivers[index]
            // One chunk may follow on the heels of another, so that a single receiver can fill the uplink.
            guard receiver.granted == 0, receiver.entitled == 0, receiver.serving <= grantSize, !receiver.isStalled
            else { continue }
            if !receiver.queue.isEmpty {
                // Who asks for more than it was granted gets less than who does not: one chunk after the other.
                guard receiver.serving == 0 else { continue }
                receivers[index].entitled = 1
                free -= 1
                serve(index, &step)
            } else {
                guard receiver.isHungry, let credit = grant(grantSize, toReceiver: index, &step) else { continue }
                free -= credit
            }
            idle = 0
        }
    }

    /// Chunks granted, wanted or on their way at once: where cycles are kept apart, no more than may come in one.
    private func windowSize(_ step: ExchangeStep) -> Int {
        step.isStrict && interval != nil ? min(parameters.uploadSlots, pace.window) : window.size
    }

    /// A cycle has begun: says when it will be too late to grant for it.
    mutating func beginCycle(_ step: inout ExchangeStep) {
        (isEnding, wantsAhead, nextEnding) = (false, false, nil)
        guard step.isStrict, let interval else { return }
        let grants = pace.ending(window: windowSize(step), of: interval)
        let wishes = care.ending(of: interval)
        (isEnding, wantsAhead) = (grants.nanoseconds == 0, wishes.nanoseconds == 0)
        let isOfGrants = grants <= wishes
        let (first, second) = isOfGrants ? (grants, wishes) : (wishes, grants)
        let other = second < interval ? TimeSpan(nanoseconds: second.nanoseconds - first.nanoseconds) : nil
        if first.nanoseconds > 0 {
            schedule(Ending(isOfGrants: isOfGrants, other: other), after: first, &step)
        } else if let other, other.nanoseconds > 0 {
            schedule(Ending(isOfGrants: !isOfGrants, other: nil), after: other, &step)
        }
    }

    private mutating func schedule(_ ending: Ending, after span: TimeSpan, _ step: inout ExchangeStep) {
        nextEnding = ending
        step.actions.append(.awaitCycleEnding(step.cycle, after: span))
    }

    /// It is too late to grant for this cycle, or to want chunks for it.
    mutating func noteEnding(_ step: inout ExchangeStep) {
        guard let ending = nextEnding else { return }
        nextEnding = nil
        if ending.isOfGrants { isEnding = true } else { wantsAhead = true }
        guard let other = ending.other else { return }
        if other.nanoseconds == 0 {
            (isEnding, wantsAhead) = (true, true)
        } else {
            schedule(Ending(isOfGrants: !ending.isOfGrants, other: nil), after: other, &step)
        }
    }

    private var slotsInUse: Int { receivers.reduce(0) { $0 + $1.slots } }

    /// - Returns: the credit, of `size` at most; nil where a receiver had better wait: all that it could be given is
    ///   promised to others, and what it chose now would be on its way twice.
    private mutating func grant(_ size: Int, toReceiver index: Int, _ step: inout ExchangeStep) -> Int? {
        let holdings = receivers[index].holdings.chunks
        let suggested = leastSent?.take(size, lackedBy: holdings, using: &step.generator) ?? []
        if leastSent != nil, suggested.isEmpty, receivers.contains(where: \.isAwaited) { return nil }
        let credit = suggested.isEmpty ? size : suggested.count
        tellNews(toReceiver: index, &step)
        receivers[index].suggested = suggested
        receivers[index].granted = credit
        receivers[index].openingsSinceGrant = 0
        step.answer(
            .grant(
                cycle: step.isStrict && isEnding ? step.nextCycle : step.cycle, credit: UInt32(credit),
                suggested: suggested), to: receivers[index].id)
        return credit
    }

    /// A grant was answered, or lost: what was suggested with it and not asked for may be suggested to others.
    private mutating func takeBackGrant(ofReceiver index: Int) {
        receivers[index].granted = 0
        for chunk in receivers[index].suggested where !receivers[index].holdings.chunks.contains(chunk) {
            leastSent?.insert(chunk)
        }
        receivers[index].suggested = []
    }

    /// Hands what a receiver wants to its link.
    private mutating func serve(_ index: Int, _ step: inout ExchangeStep) {
        while receivers[index].serving < 2 * parameters.grantChunks, receivers[index].entitled > 0 {
            let wish = receivers[index].removeWish(at: 0)
            let cycle = step.isStrict ? wish.cycle : step.cycle
            receivers[index].outgoing.append(cycle)
            receivers[index].holdings.insert(wish.chunk)
            step.answer(.chunk(cycle: cycle, chunk: wish.chunk), to: receivers[index].id)
        }
    }

    private mutating func tellNews(toReceiver index: Int, _ step: inout ExchangeStep) {
        guard !step.isStrict, receivers[index].told != log.version else { return }
        let update = log.update(since: receivers[index].told, held: step.held)
        receivers[index].told = log.version
        step.answer(.got(cycle: step.cycle, update), to: receivers[index].id)
    }

    /// Forgets the receivers that did not come back, and where cycles are kept apart what was wanted in the last one.
    mutating func closeReceivers(before newCycle: Cycle, _ step: inout ExchangeStep) {
        window.closeCycle(slotsInUse: slotsInUse, parameters)
        care.closeCycle()
        pace.closeCycle(isFull: slotsInUse >= windowSize(step))
        for index in receivers.indices {
            if step.isStrict { receivers[index].removeWishes(before: newCycle) }
            // Until it opens the exchange anew, this node is no partner of it.
            receivers[index].isHungry = false
            receivers[index].slowCycles = receivers[index].serving > 0 ? receivers[index].slowCycles + 1 : 0
            receivers[index].isStalled = receivers[index].slowCycles > stallCycles
        }
        let isGone = receivers.map { receiver in
            newCycle > receiver.openedIn + parameters.receiverPatienceCycles && receiver.serving == 0
                && receiver.queue.isEmpty && !held.contains { $0.receiver == receiver.id }
        }
        for index in receivers.indices.reversed() where isGone[index] { removeReceiver(at: index, &step) }
        grant(&step)
    }

    /// Forgets a receiver; what was suggested to it may be suggested to others.
    mutating func removeReceiver(at index: Int, _ step: inout ExchangeStep) {
        takeBackGrant(ofReceiver: index)
        step.actions.append(.forgetReceiver(receivers.remove(at: index).id))
    }
}
