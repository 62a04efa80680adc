import GossipCore

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What has been proved about spreading, as far as a simulated swarm satisfies the assumptions.
package struct SpreadingTheory: Sendable {
    let parameters: SimulationParameters

    package init(_ parameters: SimulationParameters) {
        self.parameters = parameters
    }

    private var chunks: Int { Int(parameters.chunks) }
    private var fanout: Int { parameters.gossip.fanout }
    private var nodes: Double { Double(parameters.nodes) }

    /// Cycles that no run can go below; nil of an empty file.
    ///
    /// Push: with s seeds and fanout n, the last chunk to leave them does so in cycle ⌈chunks / (n s)⌉ at the earliest,
    /// and from there on its holders multiply by at most n + 1. With one seed and fanout 1 this is
    /// chunks − 1 + ⌈log2 nodes⌉, the optimum where each node sends one chunk a slot (Mundinger, Weber, Weiss,
    /// *Optimal scheduling of peer-to-peer file dissemination*, J. Scheduling 11, 2008).
    ///
    /// Pull: a peer gets at most n chunks a cycle. How many pulls a node answers is not limited, so the holders of a
    /// chunk may multiply faster than by n + 1, and the bound above does not hold. Push-pull: a cycle carries at most
    /// n chunks for each peer that pulls and n for each node that pushes.
    package var leastCycles: Int? {
        guard chunks > 0 else { return nil }
        switch parameters.gossip.style {
        case .push:
            let firstCopies = Self.quotientUp(chunks, Self.product(fanout, parameters.seeds))
            return firstCopies - 1 + growthCycles
        case .pull:
            return Self.quotientUp(chunks, fanout)
        case .pushPull:
            let carried = Self.product(fanout, parameters.peers + parameters.nodes)
            return max(1, Self.quotientUp(Self.product(chunks, parameters.peers), carried))
        }
    }

    /// Cycles in which as many holders as there are seeds become all nodes, each making `fanout` more in a cycle.
    private var growthCycles: Int {
        var holders = parameters.seeds
        var cycles = 0
        while holders < parameters.nodes {
            holders = Self.product(holders, fanout + 1)
            cycles += 1
        }
        return cycles
    }

    /// In how many cycles one chunk of one seed reaches everyone: the published leading terms, where all nodes know
    /// each other and each draws one partner a cycle; nil elsewhere.
    ///
    /// Push: log2 n + ln n + O(1) (Pittel, *On spreading a rumor*, SIAM J. Appl. Math. 47, 1987). Push-pull:
    /// log3 n + O(ln ln n) (Karp, Schindelhauer, Shenker, Vöcking, *Randomized rumor spreading*, FOCS 2000).
    package var rumourCycles: Double? {
        guard chunks == 1, hasUniformSingleContacts else { return nil }
        if let network = parameters.network { return rumourCycles(on: network) }
        switch parameters.gossip.style {
        case .push: return log2(nodes) + log(nodes)
        case .pull: return nil
        case .pushPull: return log(nodes) / log(3.0)
        }
    }

    /// 3.2 (chunks + ln nodes): with high probability the most that INTERLEAVE takes, a push-pull of one partner a
    /// cycle with rules of its own for which chunk goes, where uploads are limited softly; nil for other styles,
    /// fanouts and views, and for one chunk, of which more is known.
    ///
    /// Source: Sanghavi, Hajek, Massoulié, *Gossiping with multiple messages*, IEEE Trans. Inf. Theory 53 (2007).
    package var interleaveCycles: Double? {
        guard chunks > 1, parameters.gossip.style == .pushPull, hasUniformSingleContacts else { return nil }
        return 3.2 * (Double(chunks) + log(nodes))
    }

    private var hasUniformSingleContacts: Bool {
        parameters.view == .full && fanout == 1 && parameters.seeds == 1
    }

    private static func quotientUp(_ dividend: Int, _ divisor: Int) -> Int {
        dividend / divisor + (dividend % divisor == 0 ? 0 : 1)
    }

    private static func product(_ left: Int, _ right: Int) -> Int {
        let (product, overflow) = left.multipliedReportingOverflow(by: right)
        return overflow ? .max : product
    }
}
