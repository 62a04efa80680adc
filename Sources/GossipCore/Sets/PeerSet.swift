/// The peers that a node knows and may draw as partners, in ascending order.
///
/// The order makes a draw depend on who is known and on the generator alone, not on the order in which answers came.
public struct PeerSet: Hashable, Sendable {
    private var members: [PeerID] = []

    public init() {}

    public init(_ peers: some Sequence<PeerID>) {
        for peer in peers { insert(peer) }
    }

    public var count: Int { members.count }

    public var isEmpty: Bool { members.isEmpty }

    public subscript(index: Int) -> PeerID { members[index] }

    public func contains(_ peer: PeerID) -> Bool {
        let position = firstPosition(notBelow: peer)
        return position < members.count && members[position] == peer
    }

    /// Adds a peer; false where it was there already.
    @discardableResult
    public mutating func insert(_ peer: PeerID) -> Bool {
        let position = firstPosition(notBelow: peer)
        if position < members.count, members[position] == peer { return false }
        members.insert(peer, at: position)
        return true
    }

    /// Takes a peer out; false where it was not there.
    @discardableResult
    public mutating func remove(_ peer: PeerID) -> Bool {
        let position = firstPosition(notBelow: peer)
        guard position < members.count, members[position] == peer else { return false }
        members.remove(at: position)
        return true
    }

    /// Draws `count` different peers uniformly, in random order; all of them where fewer are known.
    public func draw(_ count: Int, using generator: inout RandomGenerator) -> [PeerID] {
        generator.distinctIndices(count, below: members.count).map { members[$0] }
    }

    private func firstPosition(notBelow peer: PeerID) -> Int {
        var low = 0
        var high = members.count
        while low < high {
            let middle = (low + high) / 2
            if members[middle] < peer {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low
    }
}
