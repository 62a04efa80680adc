/// The receiver's half of the exchange: which chunk to ask of whom.
///
/// A chunk is chosen at the last moment, when its source is about to have room on the uplink. What is asked for early
/// waits in a queue, and so do all who could have had it from here meanwhile.
extension Exchange {
    /// Cycles after which a chunk may be asked of another, where that one takes none.
    private static let leastPatience: Cycle = 4

    mutating func learn(_ update: HoldingsUpdate, fromSource index: Int, _ step: inout ExchangeStep) {
        if sources[index].holdings.apply(update) {
            callPassed(&step)
        } else {
            // The next opening says how far it is known; until then it is asked for what we know.
            step.counts.refused += 1
        }
    }

    /// A source has room: asks it for what helps most, or passes.
    /// - Parameter granted: the cycle that it has room in.
    mutating func takeGrant(
        ofSource index: Int, in granted: Cycle, credit: Int, suggested: [ChunkID], _ step: inout ExchangeStep
    ) {
        // A source that grants for the next cycle is asked for it; by then ours may have begun.
        let cycle =
            step.isStrict ? max(wantsAhead ? step.nextCycle : step.cycle, min(granted, step.nextCycle)) : step.cycle
        if !suggested.isEmpty { sources[index].suggests = true }
        var wanted: [ChunkID] = []
        if sources[index].isPartner, !step.wantsNothing {
            let room = min(credit, room(step), parameters.grantChunks)
            var suggested = suggested[...]
            while wanted.count < room, let chunk = pick(from: index, suggested: &suggested, &step) {
                claimed.insert(chunk)
                inFlightCount += 1
                sources[index].asked.append(.init(chunk: chunk, cycle: cycle))
                wanted.append(chunk)
            }
            if wanted.isEmpty, room > 0, let chunk = rescue(by: index, in: cycle, &step) { wanted.append(chunk) }
        }
        sources[index].wasPassed = wanted.isEmpty
        step.counts.sent += UInt64(wanted.count)
        step.ask(.want(cycle: cycle, wanted), of: sources[index].peer)
    }

    /// Chunks that may be asked for: whatever comes must be verified, too, and is in memory until it is.
    private func room(_ step: ExchangeStep) -> Int {
        min(parameters.downloadLimit - arriving.count, step.verificationRoom) - inFlightCount
    }

    private mutating func pick(
        from index: Int, suggested: inout ArraySlice<ChunkID>, _ step: inout ExchangeStep
    ) -> ChunkID? {
        let isSpared = isSpared(index)
        while let suggestion = suggested.popFirst() {
            guard suggestion < step.chunkCount, !claimed.contains(suggestion) else { continue }
            if !isSpared || !isOfferedByDownloaders(suggestion) { return suggestion }
        }
        // What it does not suggest it has given to somebody, and nobody else may have it only because it is on its way.
        if isSpared, sources[index].suggests { return nil }
        // The rarest one is what the others are least likely to have.
        guard let chunk = pick(from: index, by: step.selection, using: &step.generator),
            !isSpared || !isOfferedByDownloaders(chunk)
        else { return nil }
        return chunk
    }

    /// Whether a source is complete, and there is enough to do without it.
    private func isSpared(_ index: Int) -> Bool {
        inFlightCount + arriving.count >= parameters.sparingLimit && sources[index].holdings.chunks.isComplete
            && !isHeldUpByLines
    }

    /// Whether the uplinks of unfinished sources are what holds this node up: a busy one keeps a whole window waiting, and
    /// where what they were asked for takes a quarter as long, nothing is gained by sparing anyone. The mean time is
    /// what waits over what comes (Little, *A proof for the queuing formula L = λW*, 1961).
    private var isHeldUpByLines: Bool {
        var (waiting, rate) = (0, 0)
        for source in sources where !source.holdings.chunks.isComplete {
            waiting += source.asked.count
            rate += source.arrivals.mean
        }
        let windowPercent = parameters.windowCycles * parameters.windowPercent
        return waiting * ArrivalRate.unit * 400 >= rate * windowPercent
    }

    /// Whether a partner that is not complete itself has a chunk.
    private func isOfferedByDownloaders(_ chunk: ChunkID) -> Bool {
        sources.contains { source in
            source.isPartner && !source.holdings.chunks.isComplete && source.holdings.chunks.contains(chunk)
        }
    }

    /// Asks an idle source for a chunk that another was asked for long ago, and that one not to send it.
    private mutating func rescue(by index: Int, in cycle: Cycle, _ step: inout ExchangeStep) -> ChunkID? {
        let offered = sources[index].holdings.chunks
        // As the idle one measures it: one that is slow itself is not the yardstick for how long it may take.
        let patience = Self.leastPatience + 3 * sources[index].usualDelay
        for other in sources.indices where other != index {
            let place = sources[other].asked.firstIndex { asked in
                asked.isClaimed && asked.cycle + patience < step.cycle && offered.contains(asked.chunk)
                    && !here.contains(asked.chunk) && !arriving.contains { $0.chunk == asked.chunk }
            }
            guard let place else { continue }
            let chunk = sources[other].asked[place].chunk
            sources[other].asked[place].isClaimed = false
            sources[index].asked.append(.init(chunk: chunk, cycle: cycle))
            step.ask(.cancel(cycle: step.cycle, [chunk]), of: sources[other].peer)
            return chunk
        }
        return nil
    }

    /// Tells the partners whose grants were passed that something is wanted of them, if it is.
    mutating func callPassed(_ step: inout ExchangeStep) {
        guard room(step) > 0, !step.wantsNothing else { return }
        for index in sources.indices where sources[index].wasPassed && sources[index].isPartner {
            if isSpared(index) { continue }
            guard !sources[index].holdings.chunks.isSubset(of: claimed) else { continue }
            sources[index].wasPassed = false
            step.ask(.ready(cycle: step.cycle), of: sources[index].peer)
        }
    }

    /// Wants again what the source does not know of: it was restarted, or messages were lost.
    ///
    /// A link keeps the order of messages. What was asked for before the exchange was opened has come, is about to be sent,
    /// or is not going to be. The answer tells of the opening whose cycle it repeats.
    mutating func releaseLost(
        ofSource index: Int, openedIn opened: Cycle, queued: [ChunkID], _ step: inout ExchangeStep
    ) {
        giveUp(ofSource: index, &step) { $0.cycle < opened && $0.isClaimed && !queued.contains($0.chunk) }
    }

    /// Stops waiting for some of what a source was asked for.
    private mutating func giveUp(
        ofSource index: Int, _ step: inout ExchangeStep, where isLost: (Source.Asked) -> Bool
    ) {
        let lost = sources[index].asked.filter(isLost)
        guard !lost.isEmpty else { return }
        step.counts.unanswered += UInt64(lost.count)
        sources[index].asked.removeAll(where: isLost)
        release(lost)
        callPassed(&step)
    }

    /// What was under verification is here now, or is wanted again.
    mutating func settle(_ token: MessageToken, isValid: Bool, _ step: inout ExchangeStep) {
        guard let place = arriving.firstIndex(where: { $0.token == token }) else { return }
        let arrival = arriving.remove(at: place)
        if !isValid, let index = sourceIndex(arrival.peer) { sources[index].holdings.remove(arrival.chunk) }
        release(arrival.chunk)
        callPassed(&step)
    }

    /// A source will not send a chunk: it does not hold it, or was asked not to.
    mutating func noteNone(_ chunk: ChunkID, in cycle: Cycle, ofSource index: Int, _ step: inout ExchangeStep) {
        guard let asked = sources[index].removeAsked(chunk, in: step.isStrict ? cycle : nil) else {
            step.counts.refused += 1
            return
        }
        if asked.isClaimed {
            step.counts.missed += 1
            sources[index].holdings.remove(chunk)
            release(CollectionOfOne(asked))
            callPassed(&step)
        } else {
            step.counts.cancelled += 1
        }
    }

    /// Where cycles are kept apart, what was asked for in one does not count in the next; what never came is given up.
    mutating func closeSources(before newCycle: Cycle, _ step: inout ExchangeStep) {
        for index in sources.indices {
            sources[index].isPartner = false
            sources[index].arrivals.closeCycle()
            guard !sources[index].asked.isEmpty else { continue }
            if step.isStrict {
                let late = sources[index].asked.filter { $0.cycle != newCycle }
                for place in sources[index].asked.indices where sources[index].asked[place].cycle != newCycle {
                    sources[index].asked[place].isClaimed = false
                }
                release(late)
            }
            // Too old, or of a clock that began anew.
            let oldest = newCycle - min(newCycle, parameters.patienceCycles)
            giveUp(ofSource: index, &step) { $0.cycle > newCycle || $0.cycle < oldest }
        }
    }
}
