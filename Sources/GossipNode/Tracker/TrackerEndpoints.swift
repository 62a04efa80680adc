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

    private enum CodingKeys: String, CodingKey {
        case requests
        case busSubscribe = "bus_subscribe"
        case busPublish = "bus_publish"
    }
}
