import GossipNode
import Metainfo

/// Where a share is reached: by others, and from within.
struct ShareAddress: Sendable {
    /// By others.
    let tracker: TrackerURI
    /// From this machine.
    let local: TrackerURI
    let busSubscribe: String
    let busPublish: String
    /// Where the seeds listen.
    let peerBind: String
    /// What others must be told of the bus: nothing where it is on the two ports after the tracker's.
    let busOptions: [String]

    var isLoopback: Bool { tracker.host.hasPrefix("127.") || tracker.host == "localhost" || tracker.host == "[::1]" }

    /// - Parameters:
    ///   - endpoints: where the tracker listens.
    ///   - hosts: what was asked for.
    init(_ endpoints: TrackerEndpoints, _ hosts: ShareHosts) throws(MetafileError) {
        let (host, localHost) = (hosts.advertised, hosts.local)
        let (port, subscribe, publish) = (
            Self.port(endpoints.requests), Self.port(endpoints.busSubscribe), Self.port(endpoints.busPublish)
        )
        tracker = try TrackerURI("tcp://\(host):\(port)")
        local = try TrackerURI("tcp://\(localHost):\(port)")
        busSubscribe = "tcp://\(localHost):\(subscribe)"
        busPublish = "tcp://\(localHost):\(publish)"
        peerBind = "tcp://\(hosts.bound):*"
        let (outerSubscribe, outerPublish) = ("tcp://\(host):\(subscribe)", "tcp://\(host):\(publish)")
        busOptions =
            outerSubscribe == tracker.busSubscribe && outerPublish == tracker.busPublish
            ? [] : ["--bus-subscribe", outerSubscribe, "--bus-publish", outerPublish]
    }

    private static func port(_ endpoint: String) -> Substring {
        endpoint.split(separator: ":").last ?? ""
    }
}
