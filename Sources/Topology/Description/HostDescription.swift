/// A machine of a topology.
package struct HostDescription: Equatable, Sendable {
    /// What nodes call it.
    package var name: String
    /// Where others reach its nodes: a name, an IPv4 address, or an IPv6 address in brackets.
    package var address: String
    /// What `ssh` is given to reach it; nil for this machine.
    package var ssh: String?

    package init(name: String, address: String, ssh: String? = nil) {
        self.name = name
        self.address = address
        self.ssh = ssh
    }

    /// This machine, by its loopback address: the only host of a topology that lists none.
    package static let local = HostDescription(name: "local", address: "127.0.0.1")
}
