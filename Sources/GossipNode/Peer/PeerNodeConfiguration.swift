import GossipCore
import GossipWire
import Metainfo

/// What a seed or peer is told at its start.
package struct PeerNodeConfiguration: Sendable {
    package static let contactLimit = 16

    /// Unique within the swarm; what the bus, the logs and the tables call the node.
    package var name: String
    package var role: NodeRole
    package var metafile: Metafile
    package var gossip: GossipParameters
    /// What a seed's files were when the metafile was made of them just now; nil where somebody else made it.
    package var described: DescribedContent?
    /// Of a peer the positions of the files that it fetches, of a folder; nil for all.
    package var wantedFiles: Set<Int>?
    /// Where the ROUTER listens; port `*` takes any free one.
    package var bindEndpoint = "tcp://*:*"
    /// The host that others reach this node at; nil asks the system which address faces the tracker.
    package var advertisedHost: String?
    /// Living peers to join by where peers are sampled by shuffles; at most `contactLimit`.
    package var contacts: [PeerReference] = []
    /// Where ticks come from.
    package var busSubscribeEndpoint: String
    /// Where progress goes.
    package var busPublishEndpoint: String
    /// Δ as far as it is known before the first tick.
    package var expectedInterval = TimeSpan.seconds(1)
    /// How often `get_peers` is called.
    package var refreshInterval = TimeSpan.seconds(2)
    /// Links that stay open though a cycle sends nothing on them; at least 1. Each costs both ends memory, descriptors and
    /// heartbeats.
    package var keptLinks = 32
    /// How nodes of its own process are reached; nil where none are to be, or the swarm is secured.
    package var localNetwork: LocalNetwork?
    /// How long the node serves on when it is complete; nil until it is stopped.
    package var stay: TimeSpan?
    /// Nodes of this process, this one included, that share its lines, memory and limits; at least 1.
    package var nodeCount = 1
    /// What chunks may take of the uplink; nil for all of it. Chunks of the bulk exchange and answers to pulls, not pushes.
    package var uploadLimit: RateLimit?
    /// Likewise of the downlink.
    package var downloadLimit: RateLimit?
    /// Keys and the allow-list of a secured swarm; nil of an open one.
    package var security: SwarmSecurity?
    /// Seeds the node's draws.
    package var randomSeed: UInt64
    /// Told on other threads how far the hashing of what is on the disk has come: bytes done, of how many.
    package var onScan: (@Sendable (UInt64, UInt64) -> Void)?
    /// Where the core's events and actions are recorded; nil where they are not.
    package var tracePath: String?
    /// Where the node tells its metrics, on the loop that it is on itself; nil where nobody asks for them.
    package var metrics: MetricsRegistry?
    /// Told where the node stands, on its loop's thread: when it listens, once a second, and when it is complete.
    package var onStatus: (@Sendable (NodeStatus) -> Void)?

    package init(
        name: String, role: NodeRole, metafile: Metafile, gossip: GossipParameters, randomSeed: UInt64
    ) {
        self.name = name
        self.role = role
        self.metafile = metafile
        self.gossip = gossip
        self.randomSeed = randomSeed
        busSubscribeEndpoint = metafile.tracker.busSubscribe
        busPublishEndpoint = metafile.tracker.busPublish
    }

    /// What to connect to in order to reach an address: memory, where it is of a node of this process.
    func endpoint(of address: String) -> String { localNetwork?.endpoint(of: address) ?? address }
}
