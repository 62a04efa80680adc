import GossipCore
import HTTPText
import GossipNode

/// The command lines of a topology's processes.
package struct NodeCommand: Equatable, Sendable {
    /// What the process is called: a node's name, or `tracker`.
    package let name: String
    /// Arguments of `gotorrent`.
    package let arguments: [String]

    package static let trackerName = "tracker"
    /// Tells a process that its keys come over its standard input.
    static let credentialsOption = "--credentials-from-input"

    /// The tracker, which waits for all the topology's nodes before it starts the clock.
    package static func tracker(of topology: TopologyDescription) -> NodeCommand {
        let tracker = topology.tracker
        let address = topology.host(named: tracker.host)?.address ?? "127.0.0.1"
        let port = tracker.port == 0 ? "*" : "\(tracker.port)"
        return NodeCommand(
            name: trackerName,
            arguments: [
                "tracker", "--bind", "tcp://\(listeningAddress(address)):\(port)",
                "--cycle", DurationText.format(topology.cycle), "--expect", "\(topology.nodes.count)",
                "--announce-interval", DurationText.format(tracker.announceInterval),
                "--peer-timeout", DurationText.format(tracker.peerTimeout),
                "--sample-size", "\(tracker.sampleSize)", "--stop-with-parent",
            ] + (topology.adaptsCycle ? ["--adapt-cycle"] : []) + metrics(topology, of: nil) + security(topology))
    }

    /// A seed or a peer.
    /// - Parameters:
    ///   - metafile: its path.
    ///   - dataPath: the seed's file or the peer's folder.
    ///   - trace: where its events and actions are recorded; nil where they are not.
    ///   - endpoints: the tracker's, ports as they were given.
    package static func node(
        _ node: NodeDescription, of topology: TopologyDescription, metafile: String, dataPath: String,
        trace: String? = nil, endpoints: TrackerEndpoints
    ) -> NodeCommand {
        let address = topology.host(named: node.host)?.address ?? "127.0.0.1"
        let port = node.port.map { $0 == 0 ? "*" : "\($0)" } ?? "*"
        let gossip = topology.gossip
        let data =
            node.role == .seed ? ["seed", metafile, "--data", dataPath] : ["get", metafile, "--output", dataPath]
        return NodeCommand(
            name: node.name,
            arguments: data + (node.role == .peer ? ["--stay", "forever"] : []) + [
                "--name", node.name, "--bind", "tcp://\(listeningAddress(address)):\(port)", "--advertise", address,
                "--bus-subscribe", endpoints.busSubscribe, "--bus-publish", endpoints.busPublish,
                "--style", gossip.style.rawValue, "--fanout", "\(gossip.fanout)",
                "--chunk-selection", gossip.chunkSelection.rawValue, "--separation", gossip.separation.rawValue,
                "--peer-choice", gossip.peerChoice.rawValue, "--exchange", gossip.exchange.rawValue,
                "--cycle", DurationText.format(topology.cycle),
                "--refresh-interval", DurationText.format(topology.tracker.refreshInterval), "--no-progress",
                "--stop-with-parent",
            ] + sampling(gossip.peerSampling) + (trace.map { ["--trace", $0] } ?? [])
                + metrics(topology, of: node.name) + security(topology))
    }

    /// The same with more options.
    func adding(_ options: [String]) -> NodeCommand { NodeCommand(name: name, arguments: arguments + options) }

    private static func metrics(_ topology: TopologyDescription, of node: String?) -> [String] {
        topology.metricsAddress(of: node).map { ["--metrics", $0.description] } ?? []
    }

    private static func security(_ topology: TopologyDescription) -> [String] {
        topology.security == .curve ? [credentialsOption] : []
    }

    private static func sampling(_ sampling: PeerSampling) -> [String] {
        guard let sizes = sampling.sizes else { return [] }
        return [
            "--peer-sampling", sampling.kind.rawValue, "--view-size", "\(sizes.view)", "--shuffle-length",
            "\(sizes.shuffle)",
        ]
    }

    /// A host's own address may be one that only others see it by (behind NAT, or a name); loopback is itself.
    static func listeningAddress(_ address: String) -> String {
        address.hasPrefix("127.") || address == "localhost" ? "127.0.0.1" : "*"
    }
}
