import GossipCore
import HTTPText

/// A deployment as a topology file gives it, checked: what is copied, by which rules, and which node runs where.
package struct TopologyDescription: Equatable, Sendable {
    /// What the run is called, in the name of its run directory too.
    package var name: String
    package var torrent: TorrentDescription
    package var gossip: GossipParameters
    /// Δ as it was said; nil where it was not.
    package var fixedCycle: Duration?
    package var tracker: TrackerDescription
    /// In the file's order; each name once.
    package var hosts: [HostDescription]
    /// Seeds and peers in the file's order; each name once.
    package var nodes: [NodeDescription]
    /// Whether it is closed to strangers.
    package var security: SecurityMode
    /// After how many cycles without any progress a run gives up.
    package var stallTimeoutCycles: Int
    /// Where the tracker serves its metrics, and the nodes theirs on the ports after that (in one process its event
    /// loops); nil where none do.
    package var metrics: ListenAddress?

    package init(
        name: String = Self.defaultName, torrent: TorrentDescription, gossip: GossipParameters = GossipParameters(),
        cycle: Duration? = nil, tracker: TrackerDescription = TrackerDescription(),
        hosts: [HostDescription] = [.local], nodes: [NodeDescription], security: SecurityMode = .none,
        stallTimeoutCycles: Int = Self.defaultStallTimeoutCycles
    ) {
        self.name = name
        self.torrent = torrent
        self.gossip = gossip
        fixedCycle = cycle
        self.tracker = tracker
        self.hosts = hosts
        self.nodes = nodes
        self.security = security
        self.stallTimeoutCycles = stallTimeoutCycles
        settleCycle()
    }

    package static let defaultName = "gotorrent"
    package static let defaultCycle = Duration.seconds(1)
    /// What an exchange in bulk begins with, where a machine has few nodes.
    package static let firstBulkCycle = Duration.milliseconds(100)
    /// By so much for each node of a host it is longer than its nodes could do with alone: two hundred processes on two
    /// processors got through cycles of two seconds, and of one second every other time.
    private static let nodeCycle = Duration.milliseconds(10)
    /// The longest that the clock itself chooses.
    private static let longestBulkCycle = Duration.seconds(2)
    package static let defaultStallTimeoutCycles = 30

    /// Δ, the time from one tick to the next, at first.
    package var cycle: Duration {
        fixedCycle ?? (gossip.exchange == .bulk ? firstBulkCycle : Self.defaultCycle)
    }

    /// Long enough for the host with the most nodes to get through a cycle: in one too short everyone is late, and takes
    /// the others for gone.
    private var firstBulkCycle: Duration {
        let counts = Dictionary(nodes.map { ($0.host, 1) }, uniquingKeysWith: +).values
        return min(Self.longestBulkCycle, max(Self.firstBulkCycle, Self.nodeCycle * (counts.max() ?? 0)))
    }

    /// Where nothing chooses Δ, what was not said is the default's.
    package mutating func settleCycle() {
        if !adaptsCycle { fixedCycle = cycle }
    }

    /// Whether Δ then goes by what the lines need: in bulk, where nobody said what it is.
    package var adaptsCycle: Bool { fixedCycle == nil && gossip.exchange == .bulk }

    /// Where a process serves its metrics: the tracker on the first port, the nodes in their order on the next ones, so that
    /// all may be on one machine.
    /// - Parameter node: its name; nil for the tracker.
    package func metricsAddress(of node: String?) -> ListenAddress? {
        guard let metrics, metrics.port != 0, let node else { return metrics }
        let place = nodes.firstIndex { $0.name == node } ?? 0
        return ListenAddress(host: metrics.host, port: UInt16(clamping: Int(metrics.port) + 1 + place))
    }

    package var seeds: [NodeDescription] { nodes.filter { $0.role == .seed } }

    package var peers: [NodeDescription] { nodes.filter { $0.role == .peer } }

    /// The host of that name, as a node or the tracker names it.
    package func host(named name: String) -> HostDescription? {
        hosts.first { $0.name == name }
    }
}
