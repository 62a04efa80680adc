import GossipNode

/// A topology, written out for machines that are looked after by systemd, compose or Kubernetes.
///
/// Only the tracker is given the metafile; nodes fetch it there by the link, so that a new file needs no new files on
/// the others. All text is the same for the same topology.
package struct TopologyExport: Sendable {
    let topology: TopologyDescription
    let torrent: ExportedTorrent
    let settings: ExportSettings

    package init(
        _ topology: TopologyDescription, torrent: ExportedTorrent, settings: ExportSettings = ExportSettings()
    ) {
        self.topology = topology
        self.torrent = torrent
        self.settings = settings
    }

    /// The files of the export.
    /// - Throws: `ExportError` where the format has no place for what the topology says.
    package func files(_ format: ExportFormat) throws(ExportError) -> [ExportedFile] {
        guard topology.tracker.port != 0 else {
            throw ExportError(
                "the tracker's port is 0, any free one; nodes elsewhere must know it, so give it a number")
        }
        try checkKeys(format)
        return switch format {
        case .systemd: SystemdExport(export: self).files
        case .compose: ComposeExport(export: self).files
        case .kubernetes: try KubernetesExport(export: self).files()
        }
    }

    /// The last component of the file's path, which the metafile names.
    var fileName: String { topology.torrent.file.split(separator: "/").last.map(String.init) ?? "" }

    var metafileName: String { "\(topology.name).torrent" }

    /// What `get` and `seed` are given in place of a metafile, with the tracker's key where there are keys.
    /// - Parameter host: where the tracker is reached.
    func link(trackerHost host: String) -> String {
        let key = settings.keys?.trackerKey.map { "#\($0.hex)" } ?? ""
        return "tcp://\(host):\(topology.tracker.port)/\(torrent.infoHash)\(key)"
    }

    /// The allow-list as a file of the export; nil of an open swarm.
    func allowList(in folder: String = "") -> ExportedFile? {
        settings.keys.map { ExportedFile(folder + ExportedKeys.listName, $0.list.text) }
    }

    private func checkKeys(_ format: ExportFormat) throws(ExportError) {
        switch (topology.security, settings.keys) {
        case (.none, nil): break
        case (.none, .some): throw ExportError("--keys is for secured swarms; write security: curve, or leave it out")
        case (.curve, nil):
            throw ExportError(
                "the swarm is a secured one (security: curve), whose processes need keys; --keys names the folder of "
                    + "those that gotorrent keys new made")
        case (.curve, let keys?): try keys.check(nodes: keyNames(format))
        }
    }

    /// What the keys of seeds and peers are called: as the nodes, or as the pods in which they run.
    private func keyNames(_ format: ExportFormat) -> [String] {
        switch format {
        case .systemd, .compose: topology.nodes.map(\.name)
        case .kubernetes: KubernetesExport(export: self).keyNames
        }
    }

    /// The same topology where each node has an address of its own, by which the others reach it.
    ///
    /// - Parameters:
    ///   - tracker: the tracker's address.
    ///   - port: the nodes' port where they have none; addresses of their own need no others.
    ///   - address: a node's address.
    func relocated(
        tracker: String, port: UInt16, address: (NodeDescription) -> String
    ) -> TopologyDescription {
        var topology = topology
        topology.hosts = [HostDescription(name: NodeCommand.trackerName, address: tracker)]
        topology.tracker.host = NodeCommand.trackerName
        topology.nodes = topology.nodes.map { node in
            topology.hosts.append(HostDescription(name: node.name, address: address(node)))
            return NodeDescription(name: node.name, host: node.name, role: node.role, port: node.port ?? port)
        }
        return topology
    }
}

extension TopologyDescription {
    /// The tracker's arguments where nobody's pipe holds it.
    /// - Parameter metafiles: the folder of the metafile.
    func unattendedTracker(metafiles: String) -> [String] {
        Self.unattended(.tracker(of: self)) + ["--metafiles", metafiles]
    }

    /// A node's arguments where nobody's pipe holds it.
    func unattended(_ node: NodeDescription, link: String, dataPath: String) -> [String] {
        let address = host(named: tracker.host)?.address ?? "127.0.0.1"
        let endpoints = TrackerEndpoints(
            requests: "tcp://\(address):\(tracker.port)", busSubscribe: "tcp://\(address):\(tracker.port + 1)",
            busPublish: "tcp://\(address):\(tracker.port + 2)")
        return Self.unattended(.node(node, of: self, metafile: link, dataPath: dataPath, endpoints: endpoints))
    }

    /// A service has no standard input, and would end at once if it stopped when that is closed; nor do keys come by it.
    private static func unattended(_ command: NodeCommand) -> [String] {
        command.arguments.filter { $0 != "--stop-with-parent" && $0 != NodeCommand.credentialsOption }
    }
}
