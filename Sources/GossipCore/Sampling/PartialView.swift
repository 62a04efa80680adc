/// The few peers of a swarm that a node knows: never itself, none twice, never more than there is room for.
///
/// Source: Voulgaris, Gavidia and van Steen, *CYCLON*, 2005, section 2.2; the paper calls it the cache.
public struct PartialView: Equatable, Sendable {
    /// Entries that the view has room for.
    public let capacity: Int
    /// In the order of their slots, which means nothing.
    public private(set) var entries: [ViewEntry] = []

    /// - Parameter capacity: c in the paper, at least 1.
    public init(capacity: Int) {
        precondition(capacity >= 1, "a view has room for at least one neighbour")
        self.capacity = capacity
    }

    public var count: Int { entries.count }

    public var isEmpty: Bool { entries.isEmpty }

    public func contains(_ peer: PeerID) -> Bool { slot(of: peer) != nil }

    /// The neighbour that was heard of least recently; of several, the one in the first slot.
    public var oldest: ViewEntry? {
        entries.reduce(nil as ViewEntry?) { oldest, entry in
            guard let oldest, entry.age <= oldest.age else { return entry }
            return oldest
        }
    }

    /// Another shuffle begins: every entry is one older. Ages end at the greatest number.
    public mutating func makeOlder() {
        for slot in entries.indices where entries[slot].age < .max { entries[slot].age += 1 }
    }

    /// The peer answered: what is known of it is new.
    public mutating func makeYoung(_ peer: PeerID) {
        if let slot = slot(of: peer) { entries[slot].age = 0 }
    }

    /// Draws different entries uniformly, in random order; all of them where there are fewer.
    /// - Parameters:
    ///   - count: how many.
    ///   - excluded: are not among them.
    ///   - generator: draws them.
    public func draw(
        _ count: Int, without excluded: [PeerID] = [], using generator: inout RandomGenerator
    ) -> [ViewEntry] {
        let candidates = excluded.isEmpty ? entries : entries.filter { !excluded.contains($0.peer) }
        return generator.distinctIndices(count, below: candidates.count).map { candidates[$0] }
    }

    /// Takes in what the other side of a shuffle sent.
    ///
    /// What is known already is left as it is. The rest goes to empty slots as long as there are any, then to the slots
    /// of what was sent; what finds no slot is dropped.
    /// - Parameters:
    ///   - received: its entries, in their order.
    ///   - own: the node itself; never taken in.
    ///   - sent: what the other side was sent, in the order in which it is to be replaced.
    /// - Returns: the peers that were replaced.
    public mutating func merge(_ received: some Sequence<ViewEntry>, own: PeerID, replacing sent: [PeerID]) -> [PeerID]
    {
        var replaced: [PeerID] = []
        var replaceable = sent[...]
        for entry in received where entry.peer != own && !contains(entry.peer) {
            if entries.count < capacity {
                entries.append(entry)
                continue
            }
            while let peer = replaceable.popFirst() {
                guard let slot = slot(of: peer) else { continue }
                entries[slot] = entry
                replaced.append(peer)
                break
            }
        }
        return replaced
    }

    /// Takes in a peer from outside the gossip, in place of the oldest one where the view is full.
    /// - Returns: whom it replaced.
    public mutating func introduce(_ peer: PeerID) -> PeerID? {
        guard !contains(peer) else { return nil }
        let replaced = entries.count == capacity ? oldest?.peer : nil
        if let replaced { remove(replaced) }
        entries.append(ViewEntry(peer))
        return replaced
    }

    /// Takes a peer out; false where it was not there.
    @discardableResult
    public mutating func remove(_ peer: PeerID) -> Bool {
        guard let slot = slot(of: peer) else { return false }
        entries.remove(at: slot)
        return true
    }

    private func slot(of peer: PeerID) -> Int? { entries.firstIndex { $0.peer == peer } }
}
