/// The live members of one torrent, with when each was last heard.
///
/// Announcing, leaving, drawing a member and finding the most silent one each take constant time: the members stand in
/// an array without gaps, from which draws are taken, and are linked in the order in which they were last heard.
struct Membership<Member: Hashable & Sendable>: Sendable {
    private struct Entry: Sendable {
        let member: Member
        var lastHeard: TimePoint
        /// Places in `entries`; -1 at the ends.
        var previous: Int
        var next: Int
    }

    private static var none: Int { -1 }

    private var entries: [Entry] = []
    private var places: [Member: Int] = [:]
    /// The one that has been silent for the longest.
    private var first = none
    private var last = none

    var count: Int { entries.count }

    /// When the most silent member was last heard.
    var oldestHearing: TimePoint? { first == Self.none ? nil : entries[first].lastHeard }

    subscript(place: Int) -> Member { entries[place].member }

    func contains(_ member: Member) -> Bool { places[member] != nil }

    /// Adds a member, or notes that it was heard again.
    mutating func hear(_ member: Member, at now: TimePoint) {
        if let place = places[member] {
            unlink(place)
            entries[place].lastHeard = now
            linkLast(place)
        } else {
            places[member] = entries.count
            entries.append(Entry(member: member, lastHeard: now, previous: Self.none, next: Self.none))
            linkLast(entries.count - 1)
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
        while first != Self.none, entries[first].lastHeard < moment {
            remove(entries[first].member)
            removed += 1
        }
        return removed
    }

    /// Moves the last entry to a place that became free.
    private mutating func fillGap(at place: Int) {
        let moved = entries.removeLast()
        guard place < entries.count else { return }
        entries[place] = moved
        places[moved.member] = place
        setNext(of: moved.previous, to: place)
        setPrevious(of: moved.next, to: place)
    }

    private mutating func unlink(_ place: Int) {
        let entry = entries[place]
        setNext(of: entry.previous, to: entry.next)
        setPrevious(of: entry.next, to: entry.previous)
    }

    private mutating func linkLast(_ place: Int) {
        entries[place].previous = last
        entries[place].next = Self.none
        setNext(of: last, to: place)
        last = place
    }

    private mutating func setNext(of place: Int, to next: Int) {
        if place == Self.none {
            first = next
        } else {
            entries[place].next = next
        }
    }

    private mutating func setPrevious(of place: Int, to previous: Int) {
        if place == Self.none {
            last = previous
        } else {
            entries[place].previous = previous
        }
    }
}
