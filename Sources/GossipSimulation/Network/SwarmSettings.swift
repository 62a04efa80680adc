import GossipCore

/// What an event-driven swarm is made of.
package struct SwarmSettings: Sendable {
    /// Seeds every draw.
    package var seed: UInt64 = 0
    package var gossip = GossipParameters()
    package var chunkCount: UInt32 = 9
    /// Bytes that a chunk takes on a link.
    package var chunkSize = 1
    /// One a node.
    package var nodes: [NodeSettings]
    package var view = PeerView.tracker(sampleSize: 3)
    /// Δ.
    package var interval = TimeSpan.seconds(1)
    /// Whether the clock begins with that Δ, and then goes by what the nodes report.
    package var choosesInterval = false
    /// Whether the clock waits for all nodes that are there from the start.
    package var waitsForMembers = true
    package var conditions = NetworkConditions.synchronous
    /// How fast every node is at the start.
    package var pace = NodePace()
    /// How often `get_peers` is called.
    package var refreshInterval = TimeSpan.seconds(2)
    /// Within which the nodes that are there from the start are started; drawn for each.
    package var startSpread = TimeSpan(nanoseconds: 0)
    /// From a chunk's arrival to the end of its comparison with the hash.
    package var verificationDelay = TimeSpan(nanoseconds: 0)
    package var holdQueueLimit = 1_024
    package var verificationLimit = 1_024
    package var digestLimit = 50
    /// The bounds of the bulk exchange; nil for one chunk a partner and cycle.
    package var exchange: ExchangeParameters?
    /// Whether every step is checked; a large swarm is simulated faster without.
    package var checksInvariants = true
    package var missedCyclesLimit = 3
    /// Whether messages between peers pass through the frames of the wire.
    package var encodesMessages = false

    package init(nodes: [NodeSettings]) {
        self.nodes = nodes
    }

    /// A swarm like those of `SimulationParameters`: seeds first, then peers, all there from the start.
    package init(_ parameters: SimulationParameters, seed: UInt64) {
        let seeds = Array(repeating: NodeSettings(role: .seed), count: parameters.seeds)
        nodes = seeds + Array(repeating: NodeSettings(role: .peer), count: parameters.peers)
        self.seed = seed
        gossip = parameters.gossip
        chunkCount = parameters.chunks
        view = parameters.view
        if gossip.exchange == .bulk { exchange = ExchangeParameters() }
        guard let network = parameters.network else { return }
        interval = network.interval
        chunkSize = network.chunkSize
        conditions = network.conditions
        pace = network.pace
        // The synchronous model asks before cycles 1, 3, 5 …
        refreshInterval = interval * 2
        // Started at one moment, nodes would ask the tracker at the very moments of the ticks.
        startSpread = interval
        // Nobody would name a peer again that was dropped, and all are to know whom they knew at the start.
        if !view.asksTracker { missedCyclesLimit = .max }
    }

    /// The members that a clock waits for.
    var expectedMembers: Int { waitsForMembers ? nodes.count(where: \.startsAtOnce) : 0 }

    var peerConfiguration: PeerConfiguration {
        var configuration = PeerConfiguration(gossip: gossip, chunkCount: chunkCount)
        configuration.holdQueueLimit = holdQueueLimit
        configuration.verificationLimit = verificationLimit
        configuration.digestLimit = digestLimit
        configuration.exchange = exchange
        configuration.missedCyclesLimit = missedCyclesLimit
        return configuration
    }
}

/// What one node of an event-driven swarm is.
package struct NodeSettings: Equatable, Sendable {
    package var role: NodeRole
    package var behaviour = NodeBehaviour.honest
    /// Otherwise something must start it.
    package var startsAtOnce = true

    package init(role: NodeRole) {
        self.role = role
    }
}

/// Whether a node keeps to the protocol.
package enum NodeBehaviour: String, CaseIterable, Sendable {
    case honest
    /// Every chunk that it sends has wrong bytes.
    case sendsWrongBytes = "sends wrong bytes"
    /// Its digests claim every chunk.
    case claimsEverything = "claims everything"
    /// Its digests claim no chunk.
    case claimsNothing = "claims nothing"
    /// It takes what comes and answers no one.
    case neverAnswers = "never answers"
}
