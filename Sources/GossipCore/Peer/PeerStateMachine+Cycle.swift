/// The tick: the old cycle is closed, and partners are drawn for the new one.
extension PeerStateMachine {
    mutating func startCycle(_ newCycle: Cycle, into actions: inout [PeerAction]) {
        guard newCycle != cycle else { return }
        closeCycle(before: newCycle, into: &actions)
        cycle = newCycle
        shuffleAtTick(into: &actions)
        if exchange == nil {
            push(into: &actions)
            pull(into: &actions)
        } else {
            startExchange(into: &actions)
        }
        for entry in holdQueue.removeAll() {
            receive(entry.request, entry.token, into: &actions)
        }
    }

    /// What came during the cycle becomes usable; who did not answer is counted.
    private mutating func closeCycle(before newCycle: Cycle, into actions: inout [PeerAction]) {
        // What came early is of the cycle that begins.
        let early = exchange?.value.takeAhead(of: newCycle) ?? []
        for chunk in fresh where !early.contains(chunk) {
            held.insert(chunk)
            noteUsable(chunk)
        }
        fresh.removeAll()
        for chunk in early { fresh.append(chunk) }
        closeExchange(before: newCycle, into: &actions)
        if isCoded { closeCodedCycle() }
        if let round = digestRound {
            digestRound = nil
            for peer in round.unanswered { noteMissedCycle(of: peer, into: &actions) }
        }
        for peer in pendingPulls.peersOwing(in: cycle) {
            noteMissedCycle(of: peer, into: &actions)
        }
        let expired = pendingPulls.removeExpired(at: newCycle)
        if expired > 0 { counts.unanswered += UInt64(expired) }
        actions.append(
            codedProgress() ?? .reportProgress(ProgressSnapshot(cycle: cycle, held: held, counts: counts)))
    }

    private mutating func push(into actions: inout [PeerAction]) {
        guard configuration.gossip.style.pushes else { return }
        guard !isCoded else {
            pushCoded(into: &actions)
            return
        }
        guard !held.isEmpty else { return }
        forEachPartner(.push) { machine, partner in
            guard let chunk = ChunkDraw.held(in: machine.held, using: &machine.generator) else { return }
            machine.counts.sent += 1
            actions.append(.send(.push(cycle: machine.cycle, chunk: chunk), to: partner))
        }
    }

    private mutating func pull(into actions: inout [PeerAction]) {
        guard configuration.gossip.style.pulls, !wantsNothing, !peers.isEmpty else { return }
        let selection = configuration.gossip.chunkSelection
        guard selection != .coded else {
            pullCoded(into: &actions)
            return
        }
        guard selection.digestNeed == .nobody else {
            askForDigests(into: &actions)
            return
        }
        var turn = 0
        let closed = notAskedFor
        forEachPartner(.pull) { machine, partner in
            let chunk =
                selection == .inOrder
                ? InOrder.pick(from: closed, turn: turn)
                : ChunkDraw.missing(from: closed, using: &machine.generator)
            turn += 1
            if let chunk { machine.sendPull(of: chunk, to: partner, into: &actions) }
        }
    }

    mutating func sendPull(of chunk: ChunkID, to partner: PeerID, into actions: inout [PeerAction]) {
        counts.sent += 1
        pendingPulls.add(chunk, of: partner, in: cycle)
        actions.append(.send(.pull(cycle: cycle, chunk: chunk), to: partner))
    }
}
