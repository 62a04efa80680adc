/// Where a tracker listens, ports as they were given.
package struct TrackerEndpoints: Equatable, Sendable, Codable {
    package let requests: String
    package let busSubscribe: String
    package let busPublish: String

    package init(requests: String, busSubscribe: String, busPublish: String) {
        self.requests = requests
        self.busSubscribe = busSubscribe
        self.busPublish = busPublish
    }

    /// The same as others know them: a tracker that listens everywhere is known by a host's address.
    package func reached(at host: String) -> TrackerEndpoints {
        TrackerEndpoints(
            requests: Self.endpoint(requests, at: host), busSubscribe: Self.endpoint(busSubscribe, at: host),
            busPublish: Self.endpoint(busPublish, at: host))
    }

    /// An endpoint's port at a host.
    static func endpoint(_ endpoint: String, at host: String) -> String {
        "tcp://\(host):\(endpoint.split(separator: ":").last ?? "")"
    }

    /// The tracker is going to close.
    func close(in network: LocalNetwork) {
        for address in [requests, busSubscribe, busPublish] { network.close(address) }
    }

    private enum CodingKeys: String, CodingKey {
        case requests
        case busSubscribe = "bus_subscribe"
        case busPublish = "bus_publish"
    }
}
