/// A tracker's times and bounds.
public struct TrackerConfiguration: Equatable, Sendable {
    /// How often members are told to announce themselves.
    public var announceInterval = TimeSpan.seconds(10)
    /// The silence after which a member is removed, once `cycleInterval` has passed on top of it.
    public var peerTimeout = TimeSpan.seconds(10)
    /// Δ, the extra time that keeps a punctual member whose announce takes a moment from being removed and added again.
    public var cycleInterval: TimeSpan
    /// Members in an answer to `get_peers`, at most.
    public var sampleSize = 3
    /// Members of one torrent; beyond it the tracker is overloaded.
    public var memberLimit = 1_000_000
    /// Members of all torrents together.
    public var totalMemberLimit = 2_000_000
    /// Torrents that have members.
    public var torrentLimit = 10_000
    /// Members of all torrents that come from one origin.
    public var originMemberLimit = 16_384
    /// Torrents with members that come from one origin.
    public var originTorrentLimit = 1_000
    /// Announcements a second that one origin may make over time.
    public var originAnnounceRate: UInt64 = 2_000
    /// How much of that rate may come at once, or be made up for.
    public var originAnnounceBurst = TimeSpan.seconds(10)

    public init(cycleInterval: TimeSpan) {
        self.cycleInterval = cycleInterval
    }

    /// The silence after which a member is gone.
    public var silenceLimit: TimeSpan { peerTimeout + cycleInterval }
}
