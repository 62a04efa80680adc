import GossipCore

/// A node that a recorder listens to.
package struct RecordedNode: Hashable, Sendable {
    /// Unique within the run.
    package let name: String
    package let role: NodeRole

    package init(name: String, role: NodeRole) {
        self.name = name
        self.role = role
    }
}
