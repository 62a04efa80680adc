/// The tracker of a topology, which is its bus and its clock too.
package struct TrackerDescription: Equatable, Sendable {
    /// The name of the host it runs on.
    package var host: String
    /// Where it answers; the bus takes the next two ports. 0 for any free ones.
    package var port: UInt16
    /// How often members announce themselves.
    package var announceInterval: Duration
    /// After how long a silence, plus one cycle, a member is removed.
    package var peerTimeout: Duration
    /// How many members one `get_peers` returns at most.
    package var sampleSize: Int
    /// How often a node calls `get_peers`.
    package var refreshInterval: Duration

    package init(
        host: String = HostDescription.local.name, port: UInt16 = 6969, announceInterval: Duration = .seconds(10),
        peerTimeout: Duration = .seconds(10), sampleSize: Int = 3, refreshInterval: Duration = .seconds(2)
    ) {
        self.host = host
        self.port = port
        self.announceInterval = announceInterval
        self.peerTimeout = peerTimeout
        self.sampleSize = sampleSize
        self.refreshInterval = refreshInterval
    }

    /// The ports it takes: its own, the bus's for subscribers, the bus's for publishers; none where any free ones do.
    package var ports: [UInt16] {
        port == 0 ? [] : [port, port + 1, port + 2]
    }
}
