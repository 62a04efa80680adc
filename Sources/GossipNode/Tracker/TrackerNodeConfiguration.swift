import GossipCore

/// What a tracker is told at its start.
package struct TrackerNodeConfiguration: Sendable {
    /// Where requests are answered; port `*` takes any free one.
    package var bindEndpoint: String
    /// Where the bus is heard; nil is one port above `bindEndpoint`, or any free one where that is `*`.
    package var busSubscribeEndpoint: String?
    /// Where nodes publish; nil is two ports above `bindEndpoint`, or any free one where that is `*`.
    package var busPublishEndpoint: String?
    /// Members of one torrent that must have announced themselves before the clock starts; 0 waits for nobody.
    package var expectedMembers = 0
    package var membership: TrackerConfiguration
    /// Whether Δ goes by what nodes that exchange in bulk report; otherwise it stays what it is.
    package var choosesInterval = false
    /// What `get_metafile` is answered from; more may be added while the tracker runs.
    package var metafiles = MetafileShelf()
    /// How nodes of its own process reach it, and by which host they know it; nil where none are to.
    package var localNetwork: (network: LocalNetwork, host: String)?
    /// Keys and the allow-list of a secured swarm; nil serves everyone.
    package var security: SwarmSecurity?
    /// Bytes that may pass on the bus while a subscriber is behind; then its link is cut.
    package var subscriberBacklog = BusLimit.subscriberBacklog
    /// Where the tracker tells its metrics, on the loop that it is on itself; nil where nobody asks for them.
    package var metrics: MetricsRegistry?
    /// Seeds the draws of `get_peers`.
    package var randomSeed: UInt64

    /// - Parameter interval: Δ.
    package init(bindEndpoint: String, interval: TimeSpan, randomSeed: UInt64) {
        self.bindEndpoint = bindEndpoint
        membership = TrackerConfiguration(cycleInterval: interval)
        self.randomSeed = randomSeed
    }
}
