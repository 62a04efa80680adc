/// The live members of one torrent, with when each was last heard.
///
/// Announcing, leaving, drawing a member and finding the most silent one each take constant time: the members stand in
/// an array without gaps, from which draws are taken, and are linked in the order in which they were last heard. The
/// links are in an array of their own: a draw among a million members then reads little that is in no cache.
struct Membership<Member: Hashable & Sendable>: Sendable {
    private static var none: Int { MembershipLink.none }

    private var members: [Member] = []
    /// One for each of `members`, at the same place.
    private var links: [MembershipLink] = []
    private var places: [Member: Int] = [:]
    /// The one that has been silent for the longest.
    private var first = none
    private var last = none

    var count: Int { members.count }

    /// When the most silent member was last heard.
    var oldestHearing: TimePoint? { first == Self.none ? nil : links[first].lastHeard }

    /// The members at these places.
    subscript(places: [Int]) -> [Member] { places.map { members[$0] } }

    func contains(_ member: Member) -> Bool { places[member] != nil }

    /// Where a member came from; nil where it is not there.
    func origin(of member: Member) -> MemberOrigin? { places[member].map { links[$0].origin } }

    /// Adds a member, or notes that it was heard again.
    /// - Parameter origin: where it came from; of one that is there already nothing changes.
    mutating func hear(_ member: Member, from origin: MemberOrigin = .unknown, at now: TimePoint) {
        if let place = places[member] {
            unlink(place)
            links[place].lastHeard = now
            linkLast(place)
        } else {
            places[member] = members.count
            members.append(member)
            links.append(MembershipLink(lastHeard: now, origin: origin))
            linkLast(members.count - 1)
        }
    }

    /// Takes a member out; false where it was not there.
    @discardableResult
    mutating func remove(_ member: Member) -> Bool {
        guard let place = places.removeValue(forKey: member) else { return false }
        unlink(place)
        fillGap(at: place)
        return true
    }

    /// Takes out those last heard before `moment`.
    /// - Returns: where they came from, each.
    mutating func removeSilent(since moment: TimePoint) -> [MemberOrigin] {
        var removed: [MemberOrigin] = []
        while first != Self.none, links[first].lastHeard < moment {
            removed.append(links[first].origin)
            remove(members[first])
        }
        return removed
    }

    /// Takes out those of one origin, or all; in the order in which they were last heard, the most silent first.
    mutating func removeAll(from origin: MemberOrigin?) -> [(
        member: Member, lastHeard: TimePoint, origin: MemberOrigin
    )] {
        var removed: [(member: Member, lastHeard: TimePoint, origin: MemberOrigin)] = []
        var place = first
        while place != Self.none {
            let link = links[place]
            if origin == nil || link.origin == origin { removed.append((members[place], link.lastHeard, link.origin)) }
            place = link.next
        }
        for entry in removed { remove(entry.member) }
        return removed
    }

    /// Moves the last member to a place that became free.
    private mutating func fillGap(at place: Int) {
        let member = members.removeLast()
        let link = links.removeLast()
        guard place < members.count else { return }
        members[place] = member
        links[place] = link
        places[member] = place
        setNext(of: link.previous, to: place)
        setPrevious(of: link.next, to: place)
    }

    private mutating func unlink(_ place: Int) {
        let link = links[place]
        setNext(of: link.previous, to: link.next)
        setPrevious(of: link.next, to: link.previous)
    }

    private mutating func linkLast(_ place: Int) {
        links[place].previous = last
        links[place].next = Self.none
        setNext(of: last, to: place)
        last = place
    }

    private mutating func setNext(of place: Int, to next: Int) {
        if place == Self.none {
            first = next
        } else {
            links[place].next = next
        }
    }

    private mutating func setPrevious(of place: Int, to previous: Int) {
        if place == Self.none {
            last = previous
        } else {
            links[place].previous = previous
        }
    }
}

/// A member's place in the order in which members were last heard.
private struct MembershipLink: Sendable {
    /// No place: at the ends of the order.
    static let none = -1

    var lastHeard: TimePoint
    var origin: MemberOrigin
    var previous = none
    var next = none
}
