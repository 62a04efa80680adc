/// A neighbour as a partial view knows it.
public struct ViewEntry: Hashable, Sendable {
    public var peer: PeerID
    /// Shuffles that the entry's holders have begun since the peer itself made it.
    public var age: UInt16

    public init(_ peer: PeerID, age: UInt16 = 0) {
        self.peer = peer
        self.age = age
    }
}
