import GossipCore

/// What one node did in one cycle: a row of `nodes.csv`, and one of `links.csv` for each node that it sent to.
package struct NodeRecord: Equatable, Sendable {
    /// What went from one node to another in one cycle.
    package struct Link: Equatable, Sendable {
        /// A node's name, or the `peer_ref` of one that is none of the run's.
        package var to: String
        /// Pushes, pull requests and wishes.
        package var messages: UInt32
    }

    package var node: RecordedNode
    /// At the cycle's end.
    package var chunksHeld: UInt32
    /// Of that cycle alone.
    package var messages: MessageCounts
    /// In the order of the run's nodes; empty where the node did not tell.
    package var links: [Link] = []
}
