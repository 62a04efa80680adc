import GossipCore

/// Watches one life of a node: each event that its core takes, and all that it says.
///
/// The checkers know the rules of `docs/protocol.md` and share no code with the core that they check.
struct NodeChecker {
    typealias Fail = (Invariant, String) -> Void

    var cycles = CycleChecker()
    private var tokens: TokenChecker
    private var chunks: ChunkChecker
    private var counts: CountChecker
    private var exchange: ExchangeChecker?
    private let views: ViewChecker
    private let configuration: PeerConfiguration

    init(_ life: NodeLife, _ configuration: PeerConfiguration, held: ChunkSet) {
        self.configuration = configuration
        tokens = TokenChecker(holdQueueLimit: configuration.holdQueueLimit)
        chunks = ChunkChecker(configuration, held: held)
        exchange = configuration.exchange.map {
            ExchangeChecker($0, configuration.gossip.separation, held: held)
        }
        counts = CountChecker(configuration, held: held)
        views = ViewChecker(configuration.gossip.peerSampling)
    }

    /// Checks a step before its actions are carried out.
    mutating func check(
        _ handled: HandledEvent, _ slots: PacketSlots, peers: PeerSet, view: PartialView?, fail: Fail
    ) {
        cycles.check(handled, fail)
        tokens.check(handled, fail)
        chunks.check(handled, slots, fail)
        counts.check(handled, slots, fail)
        exchange?.check(handled, fail)
        views.check(handled, peers: peers, view: view, fail)
        if slots.count > configuration.holdQueueLimit + configuration.verificationLimit + 1 {
            fail(.bounds, "\(slots.count) messages are kept")
        }
        if peers.count > configuration.peerLimit { fail(.bounds, "\(peers.count) peers are known") }
        if configuration.exchange == nil, counts.pendingPulls > CountChecker.pullLimit(configuration) {
            fail(.bounds, "\(counts.pendingPulls) pulls are waited for")
        }
    }
}
