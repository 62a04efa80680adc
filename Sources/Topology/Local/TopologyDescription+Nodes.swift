import GossipCore
import GossipNode
import Metainfo

/// What a topology's nodes are told where they are nodes of one process: the same as their command lines would tell them.
extension TopologyDescription {
    /// Where others reach the tracker.
    var trackerAddress: String { host(named: tracker.host)?.address ?? HostDescription.local.address }

    /// - Parameter network: how nodes of this process reach it.
    func trackerConfiguration(_ network: LocalNetwork) -> TrackerNodeConfiguration {
        let port = tracker.port == 0 ? "*" : "\(tracker.port)"
        var configuration = TrackerNodeConfiguration(
            bindEndpoint: "tcp://\(NodeCommand.listeningAddress(trackerAddress)):\(port)", interval: TimeSpan(cycle),
            randomSeed: .random(in: .min ... .max))
        configuration.expectedMembers = nodes.count
        configuration.choosesInterval = adaptsCycle
        configuration.membership.announceInterval = TimeSpan(tracker.announceInterval)
        configuration.membership.peerTimeout = TimeSpan(tracker.peerTimeout)
        configuration.membership.sampleSize = tracker.sampleSize
        configuration.localNetwork = (network, trackerAddress)
        return configuration
    }

    /// - Parameters:
    ///   - trace: where its events and actions are recorded; nil where they are not.
    ///   - endpoints: the tracker's, as nodes reach it.
    ///   - network: how nodes of this process reach each other.
    func configuration(
        of node: NodeDescription, metafile: Metafile, trace: String?, endpoints: TrackerEndpoints,
        _ network: LocalNetwork
    ) -> PeerNodeConfiguration {
        let address = host(named: node.host)?.address ?? HostDescription.local.address
        let port = node.port.map { $0 == 0 ? "*" : "\($0)" } ?? "*"
        var configuration = PeerNodeConfiguration(
            name: node.name, role: node.role, metafile: metafile, gossip: gossip,
            randomSeed: .random(in: .min ... .max))
        configuration.bindEndpoint = "tcp://\(NodeCommand.listeningAddress(address)):\(port)"
        configuration.advertisedHost = address
        configuration.busSubscribeEndpoint = endpoints.busSubscribe
        configuration.busPublishEndpoint = endpoints.busPublish
        configuration.expectedInterval = TimeSpan(cycle)
        configuration.refreshInterval = TimeSpan(tracker.refreshInterval)
        configuration.tracePath = trace
        configuration.localNetwork = network
        return configuration
    }
}

extension TimeSpan {
    /// A length of the topology's, none of which is negative.
    init(_ duration: Duration) {
        self = .milliseconds(duration.wholeMilliseconds)
    }
}
