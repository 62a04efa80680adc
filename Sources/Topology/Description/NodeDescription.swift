import GossipCore

/// A seed or a peer of a topology.
package struct NodeDescription: Equatable, Sendable {
    /// 1 to 64 of `A–Z a–z 0–9 _ -`: it names a folder, a log and a topic of the bus.
    package var name: String
    /// The name of the host it runs on.
    package var host: String
    package var role: NodeRole
    /// Where its ROUTER listens; nil for any free port.
    package var port: UInt16?

    package init(
        name: String, host: String = HostDescription.local.name, role: NodeRole = .peer, port: UInt16? = nil
    ) {
        self.name = name
        self.host = host
        self.role = role
        self.port = port
    }
}
