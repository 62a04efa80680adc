import GossipCore

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// How long a swarm without faults may take until every honest peer is complete.
///
/// The reasons are in `docs/faults.md`. In short, with N nodes, k chunks, fanout f, samples of s, a share h of partners
/// that are alive and honest, and ε the chance that a swarm without any mistake takes longer:
///
/// - *settling*: within 15 s every node has noticed that the tracker answers and announced itself, and the cycles have
///   met again within 13 of them;
/// - *acquaintance*: a node asks for s members every 2 s, so all know all after (N / s) ln(N² / ε) questions;
/// - *spreading*: each chunk spreads as a rumour that each holder passes on every τ = k / (f h) cycles on average, and
///   that each node without it gets every τ cycles in the end: τ (2 ln N + ln(k N / ε) + 4).
package struct LivenessBound: Equatable, Sendable {
    static let chance = 1e-9
    private static let settling = 15.0
    private static let settlingCycles = 13.0
    private static let refresh = 2.0
    /// Who shuffles asks with each announcement.
    private static let refreshOfViews = 10.0

    package let cycles: UInt64

    /// - Parameters:
    ///   - honest: nodes that are alive and keep to the protocol.
    ///   - nodes: all that are alive.
    init(_ swarm: SwarmSettings, honest: Int, nodes: Int) {
        let count = Double(max(nodes, 2))
        let chunks = Double(max(swarm.chunkCount, 1))
        let interval = Double(swarm.interval.nanoseconds) / 1e9
        var settling = Self.settling
        if case .tracker(let sampleSize) = swarm.view {
            let questions = max(1, count / Double(sampleSize)) * log(count * count / Self.chance)
            settling += questions * (swarm.gossip.peerSampling == .tracker ? Self.refresh : Self.refreshOfViews)
        }
        let share = max(1, Double(honest - 1)) / (count - 1)
        let fanout = min(Double(swarm.gossip.fanout), count - 1)
        let period = max(1, chunks / (fanout * share))
        let spreading = period * (2 * log(count) + log(chunks * count / Self.chance) + 4)
        cycles = UInt64((settling / interval + Self.settlingCycles + spreading).rounded(.up))
    }
}
