/// The number of a gossip cycle. Cycles are counted from 1; 0 is the time before the first tick.
public typealias Cycle = UInt64

/// The position of a chunk in its file, counted from 0.
public typealias ChunkID = UInt32

/// A peer as the core knows it: a small number that the shell maps to an address.
///
/// The core compares and stores these and nothing else of a peer, so that a simulation of a million nodes is an array
/// index away from each of them, and a node over sockets keeps its table of addresses to itself.
public struct PeerID: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let rawValue: UInt32

    public init(_ rawValue: UInt32) {
        self.rawValue = rawValue
    }

    public static func < (left: PeerID, right: PeerID) -> Bool {
        left.rawValue < right.rawValue
    }

    public var description: String { "p\(rawValue)" }
}
