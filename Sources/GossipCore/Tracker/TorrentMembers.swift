/// The members of one torrent, of which those of a single origin cannot crowd out the others.
///
/// Samples are drawn uniformly from all members, unless one origin has most of them: it is then the *crowd*, and counts
/// in the draw for no more members than all others together. So a hundred thousand members that one machine made up are
/// half of what others are told, and no more.
struct TorrentMembers<Member: Hashable & Sendable>: Sendable {
    /// So many of one origin are never a crowd.
    private static var usualCount: Int { 16 }

    private var others = Membership<Member>()
    private var crowd = Membership<Member>()
    private var crowdOrigin = MemberOrigin.unknown
    /// The members of each origin that is known.
    private var counts: [MemberOrigin: Int] = [:]
    /// The origin that had most when it was last looked at.
    private var largest = MemberOrigin.unknown

    var count: Int { others.count + crowd.count }

    /// When the most silent member was last heard.
    var oldestHearing: TimePoint? {
        guard let oldest = crowd.oldestHearing else { return others.oldestHearing }
        return others.oldestHearing.map { min($0, oldest) } ?? oldest
    }

    func contains(_ member: Member) -> Bool { others.contains(member) || crowd.contains(member) }

    func origin(of member: Member) -> MemberOrigin? { others.origin(of: member) ?? crowd.origin(of: member) }

    func count(from origin: MemberOrigin) -> Int { counts[origin] ?? 0 }

    /// Adds a member, or notes that it was heard again; it then keeps its origin.
    mutating func hear(_ member: Member, from origin: MemberOrigin, at now: TimePoint) {
        if crowd.contains(member) { return crowd.hear(member, at: now) }
        if others.contains(member) { return others.hear(member, at: now) }
        if origin != .unknown { counts[origin, default: 0] += 1 }
        if origin != .unknown, origin == crowdOrigin {
            crowd.hear(member, from: origin, at: now)
        } else {
            others.hear(member, from: origin, at: now)
        }
        if count(from: origin) > count(from: largest) { largest = origin }
        settleCrowd()
    }

    /// Takes a member out.
    /// - Returns: where it came from; nil where it was not there.
    @discardableResult
    mutating func remove(_ member: Member) -> MemberOrigin? {
        guard let origin = origin(of: member) else { return nil }
        if !others.remove(member) { crowd.remove(member) }
        noteRemoved(origin)
        settleCrowd()
        return origin
    }

    /// Takes out those last heard before `moment`.
    /// - Returns: where they came from, each.
    mutating func removeSilent(since moment: TimePoint) -> [MemberOrigin] {
        let removed = others.removeSilent(since: moment) + crowd.removeSilent(since: moment)
        for origin in removed { noteRemoved(origin) }
        if !removed.isEmpty { settleCrowd() }
        return removed
    }

    private mutating func noteRemoved(_ origin: MemberOrigin) {
        guard let count = counts[origin] else { return }
        counts[origin] = count > 1 ? count - 1 : nil
    }

    /// Up to `size` different members.
    func sample(_ size: Int, using generator: inout RandomGenerator) -> [Member] {
        guard crowd.count > 0 else { return others[generator.distinctIndices(size, below: others.count)] }
        // A shorter answer tells that there are no more: it is as long as it can be.
        let weight = min(crowd.count, max(others.count, size - others.count))
        let drawn = generator.distinctIndices(size, below: others.count + weight)
        let places = drawn.filter { $0 < others.count }
        return others[places] + crowd[generator.distinctIndices(drawn.count - places.count, below: crowd.count)]
    }

    /// Makes a crowd of those who are most, and no crowd of those who are few. Either moves members no more often than
    /// once in as many calls as it moves.
    private mutating func settleCrowd() {
        if crowdOrigin != .unknown, crowd.count <= Self.usualCount / 2 || 2 * crowd.count < others.count {
            dissolveCrowd()
        }
        let most = count(from: largest)
        let rest = count - most
        guard largest != crowdOrigin, rest > 0, most > Self.usualCount else { return }
        guard most > (crowdOrigin == .unknown ? rest : 2 * rest) else { return }
        dissolveCrowd()
        crowdOrigin = largest
        move(others.removeAll(from: largest), to: &crowd)
    }

    private mutating func dissolveCrowd() {
        crowdOrigin = .unknown
        guard crowd.count > 0 else { return }
        let silentFirst = others.removeAll(from: nil) + crowd.removeAll(from: nil)
        move(silentFirst.sorted { $0.lastHeard < $1.lastHeard }, to: &others)
    }

    private func move(
        _ members: [(member: Member, lastHeard: TimePoint, origin: MemberOrigin)],
        to membership: inout Membership<Member>
    ) {
        for entry in members { membership.hear(entry.member, from: entry.origin, at: entry.lastHeard) }
    }
}
