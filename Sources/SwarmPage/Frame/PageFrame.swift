/// One picture of the swarm as the page gets it: whole in itself, so that a page that missed others misses nothing.
package struct PageFrame: Encodable, Equatable, Sendable {
    package var name: String?
    package var torrent: String?
    /// Torrents on the same bus that are not shown.
    package var otherTorrents: Int
    package var clock: ClockPart
    package var totals: TotalsPart
    package var series: SeriesPart
    package var map: MapPart
    package var nodes: NodesPart
    package var links = LinksPart()
    package var events: [EventPart]
    /// Nil of a live swarm.
    package var replay: ReplayPart?
    /// Nil where the page cannot hold the clock.
    package var control: ControlPart?
}

/// That the page may hold the clock, and whether it does.
package struct ControlPart: Encodable, Equatable, Sendable {
    package var isPaused: Bool

    package init(isPaused: Bool) {
        self.isPaused = isPaused
    }
}

/// The clock, as the bus tells it.
package struct ClockPart: Encodable, Equatable, Sendable {
    /// The cycle that it is in, 0 before the first tick.
    package var cycle: UInt64
    /// Δ; nil where no tick was heard.
    package var intervalMilliseconds: UInt64?
    /// Since the last tick was heard.
    package var tickAgeMilliseconds: UInt64?
    /// Whether no tick came for so long that the clock, or the way to it, must be gone.
    package var isSilent: Bool
    /// Nodes that reported a cycle which the clock has not ended: they go on by their own timers.
    package var holdover: Int
    /// The newest cycle that a node reported.
    package var newestReport: UInt64
}

/// Sums over the nodes, by their newest reports.
package struct TotalsPart: Encodable, Equatable, Sendable {
    package var chunks: UInt32
    package var seeds = 0
    package var peers = 0
    package var complete = 0
    /// Chunks that all peers hold, and want, together.
    package var held: UInt64 = 0
    package var wanted: UInt64 = 0
    package var sent: UInt64 = 0
    package var useful: UInt64 = 0
    package var redundant: UInt64 = 0
    package var missed: UInt64 = 0
    package var late: UInt64 = 0
    package var corrupt: UInt64 = 0
    /// Chunk bytes that arrive anywhere.
    package var bytesPerSecond: UInt64 = 0
}

/// One thing that happened.
package struct EventPart: Encodable, Equatable, Sendable {
    package var cycle: UInt64
    /// From the beginning of the record.
    package var seconds: Double
    package var node: String
    package var event: String
    package var detail: String
}

/// Where in a finished run a frame is.
package struct ReplayPart: Encodable, Equatable, Sendable {
    package var first: UInt64
    package var last: UInt64
    package var cycle: UInt64
}
