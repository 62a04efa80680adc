/// The bulk exchange: what the cycles, the links and the chunks that come mean to it.
extension PeerStateMachine {
    /// Does a step of the exchange, in place.
    private mutating func inExchange(
        into actions: inout [PeerAction], _ body: (inout Exchange, inout ExchangeStep) -> Void
    ) {
        var step = ExchangeStep(
            cycle: cycle, peers: peers, held: held, wantsNothing: wantsNothing,
            selection: configuration.gossip.chunkSelection,
            isStrict: configuration.gossip.separation == .strict,
            verificationRoom: configuration.verificationLimit - verifications.count, isOfView: shuffling != nil,
            generator: generator, actions: [])
        swap(&step.actions, &actions)
        exchange.mutateIfPresent { body(&$0, &step) }
        swap(&step.actions, &actions)
        generator = step.generator
        counts += step.counts
        for peer in step.forgotten where !isReachable(peer) { release(peer, into: &actions) }
    }

    /// Closes the cycle's books: who did not answer is counted, and what nobody will send is wanted again.
    mutating func closeExchange(before newCycle: Cycle, into actions: inout [PeerAction]) {
        guard exchange != nil else { return }
        for peer in exchange?.value.silentPartners(in: cycle) ?? [] { noteMissedCycle(of: peer, into: &actions) }
        inExchange(into: &actions) { exchange, step in
            exchange.closeSources(before: newCycle, &step)
            exchange.closeReceivers(before: newCycle, &step)
            exchange.followInterval()
        }
    }

    /// Draws the partners of the cycle and opens the exchange with each.
    mutating func startExchange(into actions: inout [PeerAction]) {
        let partners = peers.draw(configuration.gossip.fanout, using: &generator)
        inExchange(into: &actions) { exchange, step in
            exchange.beginCycle(&step)
            for partner in partners { exchange.open(partner, &step) }
        }
        while let entry = exchange?.value.nextHeld() {
            receive(entry.request, by: entry.receiver, opener: entry.opener, into: &actions)
        }
    }

    /// What a receiver says: of this cycle, or of any where cycles need not be kept apart.
    mutating func receive(
        _ request: ExchangeRequest, by receiver: ReceiverID, opener: PeerID?, into actions: inout [PeerAction]
    ) {
        if exchange == nil {
            counts.refused += 1
        } else if configuration.gossip.separation == .strict, request.cycle != cycle, !isAhead(request) {
            hold(.init(request: request, receiver: receiver, opener: opener))
        } else {
            serve(request, receiver, opener: opener, into: &actions)
        }
        if exchange?.value.knows(receiver) != true { actions.append(.forgetReceiver(receiver)) }
    }

    /// Whether chunks are wanted for the next cycle that were here when this one began: they may be on their way over the
    /// tick.
    private func isAhead(_ request: ExchangeRequest) -> Bool {
        guard case .want(let wanted, let chunks) = request, wanted > cycle, wanted - cycle == 1 else { return false }
        return chunks.allSatisfy { $0 < configuration.chunkCount && held.contains($0) }
    }

    private mutating func serve(
        _ request: ExchangeRequest, _ receiver: ReceiverID, opener: PeerID?, into actions: inout [PeerAction]
    ) {
        inExchange(into: &actions) { exchange, step in
            switch request {
            case .open(let cycle, let update, let known):
                exchange.serveOpening(of: receiver, in: cycle, update, known: known, &step)
                if let opener { exchange.reciprocate(opener, told: update, &step) }
            case .ready: exchange.noteReady(receiver, &step)
            case .want(let cycle, let chunks):
                exchange.serveWish(of: receiver, chunks, in: step.isStrict ? cycle : step.cycle, &step)
            case .cancel(_, let chunks): exchange.serveCancellation(of: receiver, chunks, &step)
            }
        }
    }

    /// Of an earlier cycle it is too late, of the next one it waits, and from further ahead ticks were missed.
    private mutating func hold(_ held: Exchange.HeldRequest) {
        guard held.request.cycle > cycle else { return }
        let limit = configuration.holdQueueLimit
        if held.request.cycle - cycle > 1 {
            counts.early += 1
        } else if exchange?.value.hold(held, limit: limit) != true {
            counts.refused += 1
        }
    }

    /// What a source says.
    mutating func receive(
        _ reply: ExchangeReply, from peer: PeerID, _ token: MessageToken, into actions: inout [PeerAction]
    ) {
        guard let index = exchange?.value.noteHeard(peer, in: cycle) else {
            counts.refused += 1
            actions.append(.release(token))
            return
        }
        missedCycles.clear(peer)
        if case .chunk(let sent, let chunk) = reply {
            take(chunk, from: peer, sentIn: sent, token, into: &actions)
            return
        }
        inExchange(into: &actions) { exchange, step in
            switch reply {
            case .opened(let cycle, let update, let known, let queued):
                exchange.sources[index].told = known
                exchange.releaseLost(ofSource: index, openedIn: cycle, queued: queued, &step)
                exchange.learn(update, fromSource: index, &step)
            case .got(_, let update): exchange.learn(update, fromSource: index, &step)
            case .grant(let cycle, let credit, let suggested):
                exchange.takeGrant(ofSource: index, in: cycle, credit: Int(credit), suggested: suggested, &step)
            case .none(let cycle, let chunk): exchange.noteNone(chunk, in: cycle, ofSource: index, &step)
            case .busy: exchange.sources[index].isPartner = false
            case .chunk: break
            }
        }
        actions.append(.release(token))
    }

    /// A chunk came: it is verified while its source is asked for the next one.
    private mutating func take(
        _ chunk: ChunkID, from peer: PeerID, sentIn sent: Cycle, _ token: MessageToken,
        into actions: inout [PeerAction]
    ) {
        let isStrict = configuration.gossip.separation == .strict
        guard let asked = exchange?.value.removeAsked(chunk, of: peer, in: isStrict ? sent : nil) else {
            counts.refused += 1
            actions.append(.release(token))
            return
        }
        let isLate = sent < cycle
        if isLate { exchange?.value.care.noteLate() }
        exchange?.value.noteCame(asked, from: peer, in: cycle)
        exchange?.value.arriving.append(.init(token: token, chunk: chunk, peer: peer, cycle: sent))
        let isTaken = verify(chunk, isLate: isLate, token, into: &actions)
        if !isTaken { settle(token, isValid: true, into: &actions) }
        inExchange(into: &actions) { $0.callPassed(&$1) }
    }

    /// A chunk's verification is over, or did not begin.
    mutating func settle(_ token: MessageToken, isValid: Bool, into actions: inout [PeerAction]) {
        inExchange(into: &actions) { $0.settle(token, isValid: isValid, &$1) }
    }

    /// A link did not take a request in its cycle.
    mutating func noteUndelivered(_ request: ExchangeRequest, to peer: PeerID, into actions: inout [PeerAction]) {
        inExchange(into: &actions) { exchange, step in
            guard let index = exchange.sourceIndex(peer) else { return }
            switch request {
            case .open: exchange.sources[index].isPartner = false
            case .want(_, let chunks):
                let asked = chunks.compactMap { exchange.sources[index].removeAsked($0) }
                step.counts.undelivered += UInt64(asked.count)
                exchange.release(asked)
                exchange.callPassed(&step)
            case .cancel, .ready: break
            }
        }
        noteMissedCycle(of: peer, into: &actions)
    }

    mutating func noteServed(_ receiver: ReceiverID, into actions: inout [PeerAction]) {
        inExchange(into: &actions) { $0.noteServed(receiver, &$1) }
    }

    mutating func removeReceiver(_ receiver: ReceiverID, into actions: inout [PeerAction]) {
        inExchange(into: &actions) { exchange, step in
            exchange.held.removeAll { $0.receiver == receiver }
            if let index = exchange.receiverIndex(receiver) { exchange.removeReceiver(at: index, &step) }
        }
    }

    /// Forgets a source; false where it is none.
    mutating func removeSource(_ peer: PeerID, into actions: inout [PeerAction]) -> Bool {
        guard exchange?.value.sourceIndex(peer) != nil else { return false }
        inExchange(into: &actions) { exchange, step in
            if let index = exchange.sourceIndex(peer) { exchange.removeSource(at: index, &step) }
        }
        return true
    }

    /// What is granted from now on would come after the tick.
    mutating func noteCycleEnding(_ ending: Cycle, into actions: inout [PeerAction]) {
        if ending == cycle { inExchange(into: &actions) { $0.noteEnding(&$1) } }
    }

    /// A chunk may be passed on from now on.
    mutating func noteUsable(_ chunk: ChunkID) {
        exchange?.value.noteUsable(chunk, isLast: held.isComplete)
    }

    mutating func tellNews(into actions: inout [PeerAction]) {
        inExchange(into: &actions) { $0.tellNews(&$1) }
    }
}
