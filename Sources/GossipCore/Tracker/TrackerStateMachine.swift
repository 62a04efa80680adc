/// The membership of many torrents: who announced itself, who left, who fell silent.
///
/// Torrents and members are whatever the shell names them by: bytes over sockets, numbers in a simulation. Each call
/// takes the time from outside and costs the same for ten members as for a million. Who has an origin, the address of a
/// machine, shares bounds with all others of that origin.
public struct TrackerStateMachine<Torrent: Hashable & Sendable, Member: Hashable & Sendable>: Sendable {
    public private(set) var configuration: TrackerConfiguration
    private var torrents: [Torrent: TorrentMembers<Member>] = [:]
    private var origins = OriginAccounts()
    private var generator: RandomGenerator

    /// Members of all torrents.
    public private(set) var memberCount = 0
    /// Members that were removed so far because they fell silent.
    public private(set) var silentMemberCount: UInt64 = 0

    /// The clock's Δ is another now: a silent member has so much more time.
    public mutating func followCycle(_ interval: TimeSpan) { configuration.cycleInterval = interval }

    public init(configuration: TrackerConfiguration, generator: RandomGenerator) {
        self.configuration = configuration
        self.generator = generator
    }

    public var torrentCount: Int { torrents.count }

    /// Each torrent with its members, in no order that means anything.
    public var torrentSizes: [(torrent: Torrent, memberCount: Int)] { torrents.map { ($0.key, $0.value.count) } }

    /// Members of one torrent, those included that fell silent and were not removed yet.
    public func memberCount(of torrent: Torrent) -> Int { torrents[torrent]?.count ?? 0 }

    /// What an announcement came to.
    public enum Announcement: Equatable, Sendable {
        case joined
        case heardAgain
        /// A bound is reached; nothing was added.
        case overloaded
        /// A bound of its origin's is reached; nothing was added.
        case originOverloaded
        /// Its origin announces too much; nothing was noted.
        case tooOften
    }

    /// Adds a member to a torrent, or notes that it is alive.
    public mutating func announce(
        _ member: Member, to torrent: Torrent, from origin: MemberOrigin = .unknown, at now: TimePoint
    ) -> Announcement {
        guard origins.mayAnnounce(origin, at: now, configuration) else { return .tooOften }
        let isKnown = torrents[torrent]?.contains(member) ?? false
        let isFirst = (torrents[torrent]?.count(from: origin) ?? 0) == 0
        if !isKnown {
            guard hasRoom(in: torrent) else { return .overloaded }
            guard origins.hasRoom(origin, isFirst: isFirst, configuration) else { return .originOverloaded }
        }
        torrents[torrent, default: TorrentMembers()].hear(member, from: origin, at: now)
        if isKnown { return .heardAgain }
        origins.noteJoined(origin, isFirst: isFirst)
        memberCount += 1
        return .joined
    }

    /// Takes a member out; nothing happens where it was not there, or came from another origin than who says so.
    public mutating func leave(_ member: Member, from torrent: Torrent, by origin: MemberOrigin = .unknown) {
        guard let own = torrents[torrent]?.origin(of: member) else { return }
        guard origin == .unknown || own == .unknown || origin == own else { return }
        torrents[torrent]?.remove(member)
        noteRemoved([own], of: torrent)
    }

    /// Up to `sampleSize` different live members, drawn uniformly; none of an unknown torrent.
    public mutating func sample(of torrent: Torrent, at now: TimePoint) -> [Member] {
        removeSilent(of: torrent, at: now)
        return torrents[torrent]?.sample(configuration.sampleSize, using: &generator) ?? []
    }

    /// Removes every member that has been silent for longer than the limit, of every torrent.
    /// - Returns: how many there were.
    @discardableResult
    public mutating func removeSilent(at now: TimePoint) -> Int {
        let before = memberCount
        for torrent in Array(torrents.keys) {
            removeSilent(of: torrent, at: now)
        }
        origins.forgetStrangers(at: now)
        return before - memberCount
    }

    private mutating func removeSilent(of torrent: Torrent, at now: TimePoint) {
        let limit = configuration.silenceLimit.nanoseconds
        guard now.nanoseconds > limit else { return }
        let earliest = TimePoint(nanoseconds: now.nanoseconds - limit)
        guard let oldest = torrents[torrent]?.oldestHearing, oldest < earliest else { return }
        let removed = torrents[torrent]?.removeSilent(since: earliest) ?? []
        silentMemberCount += UInt64(removed.count)
        noteRemoved(removed, of: torrent)
    }

    /// Keeps the accounts of members that were taken out of a torrent.
    private mutating func noteRemoved(_ removed: [MemberOrigin], of torrent: Torrent) {
        memberCount -= removed.count
        var ended: Set<MemberOrigin> = []
        for origin in removed where origin != .unknown {
            let isLast = torrents[torrent]?.count(from: origin) == 0 && ended.insert(origin).inserted
            origins.noteLeft(origin, isLast: isLast)
        }
        if torrents[torrent]?.count == 0 { torrents[torrent] = nil }
    }

    private func hasRoom(in torrent: Torrent) -> Bool {
        guard memberCount < configuration.totalMemberLimit else { return false }
        guard let members = torrents[torrent]?.count else { return torrents.count < configuration.torrentLimit }
        return members < configuration.memberLimit
    }
}
