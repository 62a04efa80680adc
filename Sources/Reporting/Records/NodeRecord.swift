import GossipCore

/// What one node did in one cycle: a row of `nodes.csv`.
package struct NodeRecord: Equatable, Sendable {
    package var node: RecordedNode
    /// At the cycle's end.
    package var chunksHeld: UInt32
    /// Of that cycle alone.
    package var messages: MessageCounts
}
