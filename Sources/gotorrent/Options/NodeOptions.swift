import ArgumentParser
import GossipCore
import GossipNode
import Metainfo
import Topology

/// What a seed and a peer are told alike.
struct NodeOptions: ParsableArguments {
    /// Each torrent's node has some ten sockets and descriptors, and each neighbour two more; processes have 1,024.
    private static let torrentLimit = 50

    @Option(
        help: """
            The node's name on the bus, unique in its swarm; with several torrents the second's ends in -2, and so on. \
            (default: seed or peer, and the process number)
            """)
    var name: String?

    @Option(help: "The tracker, tcp://HOST:PORT, in place of the one that the metafile or link names.")
    var tracker: TrackerURI?

    @Option(
        help: """
            What chunks may take of the uplink in bulk, all torrents together, such as 100Mbit/s or 10MiB/s. \
            (default: all of it)
            """)
    var uploadLimit: RateArgument?

    @Option(help: "What chunks may take of the downlink in bulk, likewise.")
    var downloadLimit: RateArgument?

    @Option(help: "Where other peers reach this node; port * takes any free one.")
    var bind = "tcp://*:*"

    @Option(help: "The host name or address that others are given. (default: the one that faces the tracker)")
    var advertise: String?

    @Option(help: "Where the cycle clock is heard. (default: the tracker's port + 1)")
    var busSubscribe: String?

    @Option(help: "Where progress is published. (default: the tracker's port + 2)")
    var busPublish: String?

    @Option(help: "Δ, where it is known before the first tick. (default: 100ms; with the exchange single 1s)")
    var cycle: DurationArgument?

    @Option(help: "How often the tracker is asked for peers.")
    var refreshInterval = DurationArgument(milliseconds: 2_000)

    @Option(
        help: "Where a living peer listens, tcp://HOST:PORT, to join by without a tracker; may be given several times.")
    var contact: [PeerReferenceArgument] = []

    @Option(help: "Seeds the node's draws. (default: a random number)")
    var randomSeed: UInt64?

    @Option(help: "Record the node's events and decisions in this file, for gotorrent replay.")
    var trace: String?

    @Flag(help: ArgumentHelp("Stop when standard input is closed.", visibility: .hidden))
    var stopWithParent = false

    func validate() throws {
        if let cycle, !(1...3_600_000).contains(cycle.span.milliseconds) {
            throw ValidationError("--cycle must be from 1ms to 1h")
        }
        guard refreshInterval.span.milliseconds >= 10 else {
            throw ValidationError("--refresh-interval must be at least 10ms")
        }
        guard contact.count <= PeerNodeConfiguration.contactLimit else {
            throw ValidationError(
                "--contact is given \(contact.count) times; it must be at most \(PeerNodeConfiguration.contactLimit)")
        }
        if let name, (try? TopologyFields.nodeName.parse(name)) == nil {
            throw ValidationError("--name must be \(TopologyFields.nodeName.expects)")
        }
    }

    /// Refuses what only one node of a process can be told, and more nodes than a process has room for.
    /// - Parameter torrentCount: those on the command line.
    func validate(torrentCount: Int) throws {
        guard (1...Self.torrentLimit).contains(torrentCount) else {
            throw ValidationError(
                "\(torrentCount) torrents are named; one process has room for 1 to \(Self.torrentLimit)")
        }
        guard torrentCount > 1 else { return }
        for (option, isGiven) in [("--trace", trace != nil), ("--contact", !contact.isEmpty)] where isGiven {
            throw ValidationError("\(option) is for one torrent; \(torrentCount) are named")
        }
        guard bind.hasSuffix(":*") else {
            throw ValidationError(
                "--bind is \(bind), one port for \(torrentCount) torrents; it must end in :* for a free one each")
        }
        if let name, (try? TopologyFields.nodeName.parse("\(name)-\(torrentCount)")) == nil {
            throw ValidationError(
                "--name \(name) is too long for \(torrentCount) torrents, whose names end in a number")
        }
    }

    /// The nodes of the process, with limits of which there is one for all.
    func shares(count: Int) -> [NodeShare] {
        let (upload, download) = (uploadLimit?.limit, downloadLimit?.limit)
        return (0..<count).map { NodeShare(number: $0, count: count, uploadLimit: upload, downloadLimit: download) }
    }

    func configuration(
        role: NodeRole, metafile: Metafile, gossip: GossipParameters, stay: TimeSpan?, share: NodeShare
    ) -> PeerNodeConfiguration {
        var configuration = PeerNodeConfiguration(
            name: share.name(name ?? "\(role.rawValue)-\(ProcessNumber.current)"), role: role, metafile: metafile,
            gossip: gossip, randomSeed: randomSeed.map { $0 &+ UInt64(share.number) } ?? .random(in: .min ... .max))
        configuration.bindEndpoint = bind
        configuration.advertisedHost = advertise
        if let busSubscribe { configuration.busSubscribeEndpoint = busSubscribe }
        if let busPublish { configuration.busPublishEndpoint = busPublish }
        configuration.expectedInterval = cycle?.span ?? .milliseconds(gossip.exchange == .bulk ? 100 : 1_000)
        configuration.refreshInterval = refreshInterval.span
        configuration.stay = stay
        configuration.nodeCount = share.count
        configuration.uploadLimit = share.uploadLimit
        configuration.downloadLimit = share.downloadLimit
        configuration.tracePath = trace
        configuration.contacts = contact.map(\.reference)
        return configuration
    }
}
