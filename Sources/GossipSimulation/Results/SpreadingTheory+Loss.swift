import GossipCore

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension SpreadingTheory {
    /// In how many cycles one chunk of one seed reaches everyone where messages are lost: leading terms, up to a
    /// constant; nil where the network is more than that.
    ///
    /// With q the probability that a message arrives, a push succeeds with q and a pull, which needs two, with q². While
    /// few know, those who do become 1 + a times as many in a cycle; when few do not, one of them stays so with
    /// probability b. Together log(1+a) n + ln n / ln(1/b), where a = q and b = e^(−q) for push, a = q² and b = 1 − q²
    /// for pull, and for push-pull the sum of the former and the product of the latter. Without loss the second term
    /// of those that pull becomes O(ln ln n): log2 n + log2 ln n for pull, log3 n for push-pull, without its O(ln ln n).
    ///
    /// Source: Doerr, Kostrygin, *Randomized rumor spreading revisited*, ICALP 2017, whose theorem asks for just these
    /// two phases and gives log(1+q) n + (1/q) ln n for push.
    func rumourCycles(on network: NetworkParameters) -> Double? {
        guard network.deliversWithinTheCycle else { return nil }
        let nodes = Double(parameters.nodes)
        let arrival = 1 - Double(network.conditions.lossPermille) / 1_000
        let style = parameters.gossip.style
        guard arrival < 1 || style == .push else {
            return style == .pull ? log2(nodes) + log2(max(1, log(nodes))) : log(nodes) / log(3.0)
        }
        let pulled = arrival * arrival
        let growth = (style.pushes ? arrival : 0) + (style.pulls ? pulled : 0)
        let decay = (style.pushes ? arrival : 0) - (style.pulls ? log(1 - pulled) : 0)
        return log(nodes) / log(1 + growth) + log(nodes) / decay
    }
}

extension NetworkParameters {
    /// Whether what is not lost comes in the cycle in which it was sent: a connection, a question and its answer.
    var deliversWithinTheCycle: Bool {
        guard pace == NodePace() else { return false }
        let message = conditions.delay + conditions.jitter
        let slack = conditions.reorderingPermille > 0 ? conditions.reorderingDelay : TimeSpan(nanoseconds: 0)
        return conditions.delay * 2 + (message + slack) * 3 < interval
    }
}
