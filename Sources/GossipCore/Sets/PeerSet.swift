/// The peers that a node knows and may draw as partners, in ascending order.
///
/// The order makes a draw depend on who is known and on the generator alone, not on the order in which answers came.
public struct PeerSet: Hashable, Sendable {
    private enum Members: Hashable, Sendable {
        case listed([PeerID])
        /// The numbers below `count` without one of them: what a node that knows everyone knows, in no space.
        case everyone(count: UInt32, except: PeerID)
    }

    private var members = Members.listed([])

    public init() {}

    public init(_ peers: some Sequence<PeerID>) {
        for peer in peers { insert(peer) }
    }

    /// - Parameter peers: each above the one before.
    public init(ascending peers: some Collection<PeerID>) {
        precondition(zip(peers, peers.dropFirst()).allSatisfy { $0 < $1 }, "the peers are in ascending order")
        members = .listed(Array(peers))
    }

    /// Everyone but one: the peers numbered from 0 up to but not including `count`, without `except`, who is among them.
    public static func everyone(count: UInt32, except: PeerID) -> PeerSet {
        precondition(except.rawValue < count, "the one left out is one of them")
        var set = PeerSet()
        set.members = .everyone(count: count, except: except)
        return set
    }

    public var count: Int {
        switch members {
        case .listed(let peers): peers.count
        case .everyone(let count, _): Int(count) - 1
        }
    }

    public var isEmpty: Bool { count == 0 }

    public subscript(index: Int) -> PeerID {
        switch members {
        case .listed(let peers): return peers[index]
        case .everyone(let count, let except):
            precondition((0..<Int(count) - 1).contains(index), "index \(index) is beyond the set")
            return PeerID(UInt32(index) + (index < Int(except.rawValue) ? 0 : 1))
        }
    }

    public func contains(_ peer: PeerID) -> Bool {
        switch members {
        case .listed(let peers):
            let position = Self.firstPosition(in: peers, notBelow: peer)
            return position < peers.count && peers[position] == peer
        case .everyone(let count, let except):
            return peer.rawValue < count && peer != except
        }
    }

    /// The place of a peer that is in the set.
    func position(of peer: PeerID) -> Int {
        switch members {
        case .listed(let peers): Self.firstPosition(in: peers, notBelow: peer)
        case .everyone(_, let except): Int(peer.rawValue) - (peer > except ? 1 : 0)
        }
    }

    /// Adds a peer; false where it was there already.
    @discardableResult
    public mutating func insert(_ peer: PeerID) -> Bool {
        guard !contains(peer) else { return false }
        withList { $0.insert(peer, at: Self.firstPosition(in: $0, notBelow: peer)) }
        return true
    }

    /// Takes a peer out; false where it was not there.
    @discardableResult
    public mutating func remove(_ peer: PeerID) -> Bool {
        guard contains(peer) else { return false }
        withList { $0.remove(at: Self.firstPosition(in: $0, notBelow: peer)) }
        return true
    }

    /// Draws different peers uniformly, in random order, into the buffer; all of them where fewer are known.
    /// - Returns: how many were drawn.
    public func draw(into buffer: UnsafeMutableBufferPointer<PeerID>, using generator: inout RandomGenerator) -> Int {
        let drawn = Swift.min(buffer.count, count)
        withUnsafeTemporaryAllocation(of: Int.self, capacity: drawn) { indices in
            generator.drawDistinctIndices(into: indices, below: count)
            for place in 0..<drawn { buffer.initializeElement(at: place, to: self[indices[place]]) }
        }
        return drawn
    }

    /// Draws `count` different peers uniformly, in random order; all of them where fewer are known.
    public func draw(_ count: Int, using generator: inout RandomGenerator) -> [PeerID] {
        guard Swift.min(count, self.count) > 0 else { return [] }
        return [PeerID](unsafeUninitializedCapacity: Swift.min(count, self.count)) { buffer, initialized in
            initialized = draw(into: buffer, using: &generator)
        }
    }

    /// Changes the list, in place; a set of everyone becomes one of those that are in it.
    private mutating func withList(_ change: (inout [PeerID]) -> Void) {
        var list: [PeerID]
        switch members {
        case .listed(let peers): list = peers
        case .everyone: list = (0..<count).map { self[$0] }
        }
        members = .listed([])
        change(&list)
        members = .listed(list)
    }

    private static func firstPosition(in peers: [PeerID], notBelow peer: PeerID) -> Int {
        var low = 0
        var high = peers.count
        while low < high {
            let middle = (low + high) / 2
            if peers[middle] < peer {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low
    }
}
