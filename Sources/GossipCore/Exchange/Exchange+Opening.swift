/// Whom to download from: the partners of the cycle, and those that drew this node.
extension Exchange {
    /// Begins or renews the exchange with a partner.
    mutating func open(_ peer: PeerID, _ step: inout ExchangeStep) {
        guard let index = makeSource(peer, &step) else { return }
        // Who wants nothing and has nothing to give has nothing to exchange.
        if step.wantsNothing, step.held.isSubset(of: sources[index].holdings.chunks) { return }
        sources[index].isPartner = true
        sources[index].openedIn = step.cycle
        sources[index].wasPassed = false
        let update = log.update(since: sources[index].told, held: step.held)
        step.ask(.open(cycle: step.cycle, update, known: sources[index].holdings.trustedVersion), of: peer)
    }

    /// Whoever draws this node is asked in return, where it has something to give.
    mutating func reciprocate(_ peer: PeerID, told update: HoldingsUpdate, _ step: inout ExchangeStep) {
        guard !step.wantsNothing else { return }
        let index = sourceIndex(peer)
        // Once a cycle, also where it was too busy to answer: two busy nodes would go on for ever.
        if let index, sources[index].openedIn == step.cycle { return }
        guard partnerCount < parameters.sourceLimit else { return }
        let helps =
            switch update.content {
            case .everything: true
            case .chunks(let chunks): chunks.chunkCount == step.chunkCount && !chunks.isSubset(of: claimed)
            case .added(_, let news):
                news.contains { !claimed.contains($0) }
                    || index.map { !sources[$0].holdings.chunks.isSubset(of: claimed) } ?? true
            }
        if helps { open(peer, &step) }
    }

    /// The place of a source, made where it is new; nil where there is no room for another.
    private mutating func makeSource(_ peer: PeerID, _ step: inout ExchangeStep) -> Int? {
        if let index = sourceIndex(peer) { return index }
        if sources.count >= parameters.memoryLimit {
            let idle = sources.indices.filter { !sources[$0].isPartner && sources[$0].asked.isEmpty }
            guard let oldest = idle.min(by: { sources[$0].heardIn < sources[$1].heardIn }) else { return nil }
            let forgotten = sources[oldest].peer
            removeSource(at: oldest, &step)
            if !step.peers.contains(forgotten) { step.dropLink(forgotten) }
        }
        sources.append(Source(peer: peer, chunkCount: step.chunkCount))
        return sources.count - 1
    }

    /// Forgets a source; what it was asked for is asked of others.
    mutating func removeSource(at index: Int, _ step: inout ExchangeStep) {
        let source = sources.remove(at: index)
        release(source.asked)
        step.counts.unanswered += UInt64(source.asked.count)
        callPassed(&step)
    }
}
