import GossipCore

/// A compose file: each node a service that the others reach by its name.
struct ComposeExport {
    private static let tracker = NodeCommand.trackerName

    let export: TopologyExport

    var files: [ExportedFile] {
        let topology = export.relocated(tracker: Self.tracker, port: ContainerImage.port, address: \.name)
        let link = export.link(trackerHost: Self.tracker)
        var services = [YAMLTree.Entry(key: Self.tracker, value: trackerService(topology))]
        services += topology.nodes.map { .init(key: $0.name, value: service($0, topology, link: link)) }
        let volumes = topology.peers.map { YAMLTree.Entry(key: $0.name, value: [:]) }
        let document: YAMLTree = ["services": .mapping(services), "volumes": .mapping(volumes)]
        let header = """
            # \(export.topology.name): a tracker, its seeds and its peers, all on this machine, whatever hosts the topology has.
            #   docker compose up --detach

            """
        return [
            ExportedFile("compose.yaml", header + document.rendered()),
            ExportedFile(export.metafileName, export.torrent.metafile),
            ContainerImage.dockerfile(export.settings.image),
        ]
    }

    private func trackerService(_ topology: TopologyDescription) -> YAMLTree {
        let metafile = "\(ContainerImage.metafiles)/\(export.metafileName)"
        return common(topology.unattendedTracker(metafiles: ContainerImage.metafiles)).adding([
            "volumes": [bind("./\(export.metafileName)", at: metafile)]
        ])
    }

    private func service(_ node: NodeDescription, _ topology: TopologyDescription, link: String) -> YAMLTree {
        let data = "\(ContainerImage.data)/\(export.fileName)"
        let dataPath = node.role == .seed ? data : ContainerImage.downloads
        let volume: YAMLTree =
            node.role == .seed
            ? bind(export.topology.torrent.file, at: data)
            : ["type": "volume", "source": .text(node.name), "target": .text(ContainerImage.downloads)]
        return common(topology.unattended(node, link: link, dataPath: dataPath)).adding([
            "depends_on": [.text(Self.tracker)], "volumes": [volume],
        ])
    }

    private func common(_ arguments: [String]) -> YAMLTree {
        [
            "image": .text(export.settings.image), "command": .texts(arguments.map(Self.escaped)),
            "restart": "on-failure", "init": true, "read_only": true, "cap_drop": ["ALL"],
            "security_opt": ["no-new-privileges:true"],
        ]
    }

    private func bind(_ source: String, at target: String) -> YAMLTree {
        [
            "type": "bind", "source": .text(Self.escaped(source)), "target": .text(Self.escaped(target)),
            "read_only": true,
        ]
    }

    /// Compose puts variables in place of $NAME.
    private static func escaped(_ text: String) -> String { text.replacing("$", with: "$$") }
}
