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

    /// Adds a member, or notes that it was heard again.
    mutating func hear(_ member: Member, at now: TimePoint) {
        if let place = places[member] {
            unlink(place)
            links[place].lastHeard = now
            linkLast(place)
        } else {
            places[member] = members.count
            members.append(member)
            links.append(MembershipLink(lastHeard: now))
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
    /// - Returns: how many there were.
    mutating func removeSilent(since moment: TimePoint) -> Int {
        var removed = 0
        while first != Self.none, links[first].lastHeard < moment {
            remove(members[first])
            removed += 1
        }
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
    var previous = none
    var next = none
}
