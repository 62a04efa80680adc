import GossipCore

/// A deployment as a topology file gives it, checked: what is copied, by which rules, and which node runs where.
package struct TopologyDescription: Equatable, Sendable {
    /// What the run is called, in the name of its run directory too.
    package var name: String
    package var torrent: TorrentDescription
    package var gossip: GossipParameters
    /// Δ, the time from one tick to the next.
    package var cycle: Duration
    package var tracker: TrackerDescription
    /// In the file's order; each name once.
    package var hosts: [HostDescription]
    /// Seeds and peers in the file's order; each name once.
    package var nodes: [NodeDescription]
    /// Whether it is closed to strangers.
    package var security: SecurityMode
    /// After how many cycles without any progress a run gives up.
    package var stallTimeoutCycles: Int

    package init(
        name: String = Self.defaultName, torrent: TorrentDescription, gossip: GossipParameters = GossipParameters(),
        cycle: Duration = Self.defaultCycle, tracker: TrackerDescription = TrackerDescription(),
        hosts: [HostDescription] = [.local], nodes: [NodeDescription], security: SecurityMode = .none,
        stallTimeoutCycles: Int = Self.defaultStallTimeoutCycles
    ) {
        self.name = name
        self.torrent = torrent
        self.gossip = gossip
        self.cycle = cycle
        self.tracker = tracker
        self.hosts = hosts
        self.nodes = nodes
        self.security = security
        self.stallTimeoutCycles = stallTimeoutCycles
    }

    package static let defaultName = "gotorrent"
    package static let defaultCycle = Duration.seconds(1)
    package static let defaultStallTimeoutCycles = 30

    package var seeds: [NodeDescription] { nodes.filter { $0.role == .seed } }

    package var peers: [NodeDescription] { nodes.filter { $0.role == .peer } }

    /// The host of that name, as a node or the tracker names it.
    package func host(named name: String) -> HostDescription? {
        hosts.first { $0.name == name }
    }
}
