/// The membership of many torrents: who announced itself, who left, who fell silent.
///
/// Torrents and members are whatever the shell names them by: bytes over sockets, numbers in a simulation. Each call
/// takes the time from outside and costs the same for ten members as for a million.
public struct TrackerStateMachine<Torrent: Hashable & Sendable, Member: Hashable & Sendable>: Sendable {
    public private(set) var configuration: TrackerConfiguration
    private var torrents: [Torrent: Membership<Member>] = [:]
    private var generator: RandomGenerator

    /// Members of all torrents.
    public private(set) var memberCount = 0

    /// The clock's Δ is another now: a silent member has so much more time.
    public mutating func followCycle(_ interval: TimeSpan) { configuration.cycleInterval = interval }

    public init(configuration: TrackerConfiguration, generator: RandomGenerator) {
        self.configuration = configuration
        self.generator = generator
    }

    public var torrentCount: Int { torrents.count }

    /// Members of one torrent, those included that fell silent and were not removed yet.
    public func memberCount(of torrent: Torrent) -> Int { torrents[torrent]?.count ?? 0 }

    /// What an announcement came to.
    public enum Announcement: Equatable, Sendable {
        case joined
        case heardAgain
        /// A bound is reached; nothing was added.
        case overloaded
    }

    /// Adds a member to a torrent, or notes that it is alive.
    public mutating func announce(_ member: Member, to torrent: Torrent, at now: TimePoint) -> Announcement {
        let isKnown = torrents[torrent]?.contains(member) ?? false
        if !isKnown, !hasRoom(in: torrent) { return .overloaded }
        torrents[torrent, default: Membership()].hear(member, at: now)
        if isKnown { return .heardAgain }
        memberCount += 1
        return .joined
    }

    /// Takes a member out; nothing happens where it was not there.
    public mutating func leave(_ member: Member, from torrent: Torrent) {
        guard torrents[torrent]?.remove(member) == true else { return }
        memberCount -= 1
        removeIfEmpty(torrent)
    }

    /// Up to `sampleSize` different live members, drawn uniformly; none of an unknown torrent.
    public mutating func sample(of torrent: Torrent, at now: TimePoint) -> [Member] {
        removeSilent(of: torrent, at: now)
        guard let members = torrents[torrent] else { return [] }
        return members[generator.distinctIndices(configuration.sampleSize, below: members.count)]
    }

    /// Removes every member that has been silent for longer than the limit, of every torrent.
    /// - Returns: how many there were.
    @discardableResult
    public mutating func removeSilent(at now: TimePoint) -> Int {
        let before = memberCount
        for torrent in Array(torrents.keys) {
            removeSilent(of: torrent, at: now)
        }
        return before - memberCount
    }

    private mutating func removeSilent(of torrent: Torrent, at now: TimePoint) {
        let limit = configuration.silenceLimit.nanoseconds
        guard now.nanoseconds > limit else { return }
        let earliest = TimePoint(nanoseconds: now.nanoseconds - limit)
        guard let oldest = torrents[torrent]?.oldestHearing, oldest < earliest else { return }
        memberCount -= torrents[torrent]?.removeSilent(since: earliest) ?? 0
        removeIfEmpty(torrent)
    }

    private mutating func removeIfEmpty(_ torrent: Torrent) {
        if torrents[torrent]?.count == 0 { torrents[torrent] = nil }
    }

    private func hasRoom(in torrent: Torrent) -> Bool {
        guard memberCount < configuration.totalMemberLimit else { return false }
        guard let members = torrents[torrent]?.count else { return torrents.count < configuration.torrentLimit }
        return members < configuration.memberLimit
    }
}
