extension TopologyDescription {
    /// The hosts on which a node or the tracker runs.
    package var usedHosts: [HostDescription] {
        let used = Set(nodes.map(\.host) + [tracker.host])
        return hosts.filter { used.contains($0.name) }
    }

    /// Why nodes on several machines could not reach each other; nil where they can, as far as the addresses tell.
    package var addressFault: String? {
        guard usedHosts.contains(where: { $0.ssh != nil }), let host = usedHosts.first(where: \.isLoopback) else {
            return nil
        }
        return "host \(host.name)'s address is \(host.address), by which no other machine reaches its nodes; "
            + "it must be the address of \(host.ssh == nil ? "this machine" : "that machine") in their network"
    }

    /// The used hosts that are reached by ssh, for a sentence.
    package var remoteHostsText: String {
        let names = usedHosts.filter { $0.ssh != nil }.map(\.name)
        return names.count > 6 ? "\(names.count) hosts" : names.isEmpty ? "this machine" : names.joined(separator: ", ")
    }
}
