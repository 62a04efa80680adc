/// A machine of a topology.
package struct HostDescription: Equatable, Sendable {
    /// What nodes call it.
    package var name: String
    /// Where others reach its nodes: a name, an IPv4 address, or an IPv6 address in brackets.
    package var address: String
    /// What `ssh` is given to reach it; nil for this machine.
    package var ssh: String?
    /// Where a run's files lie on a host that is reached by ssh, from the root or the home folder there; nil for
    /// `gotorrent` in the user's cache folder.
    package var folder: String?

    package init(name: String, address: String, ssh: String? = nil, folder: String? = nil) {
        self.name = name
        self.address = address
        self.ssh = ssh
        self.folder = folder
    }

    /// Whether nobody but its own machine reaches the address.
    package var isLoopback: Bool {
        address.hasPrefix("127.") || address == "localhost" || address == "[::1]"
    }

    /// This machine, by its loopback address: the only host of a topology that lists none.
    package static let local = HostDescription(name: "local", address: "127.0.0.1")
}
