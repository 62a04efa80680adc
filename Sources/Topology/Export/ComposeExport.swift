import GossipCore

/// A compose file: each node a service that the others reach by its name.
struct ComposeExport {
    private static let tracker = NodeCommand.trackerName
    /// What each container finds its own key as, in /run/secrets.
    private static let secretTarget = "key"

    let export: TopologyExport

    var files: [ExportedFile] {
        let topology = export.relocated(tracker: Self.tracker, port: ContainerImage.port, address: \.name)
        let link = export.link(trackerHost: Self.tracker)
        var services = [YAMLTree.Entry(key: Self.tracker, value: trackerService(topology))]
        services += topology.nodes.map { .init(key: $0.name, value: service($0, topology, link: link)) }
        let volumes = topology.peers.map { YAMLTree.Entry(key: $0.name, value: [:]) }
        var document: YAMLTree = ["services": .mapping(services), "volumes": .mapping(volumes)]
        var remark = ""
        if let keys = export.settings.keys {
            let names = [Self.tracker] + topology.nodes.map(\.name)
            document = document.adding(["secrets": .mapping(names.map { .init(key: $0, value: secret($0, keys)) })])
            // Compose hands a file over as it is, whatever owner and mode are asked for.
            remark =
                "#   chown \(ContainerImage.user) the key files, which nobody but the containers' user may read; then\n"
        }
        let header = """
            # \(export.topology.name): a tracker, its seeds and its peers, all on this machine, whatever hosts the topology has.
            \(remark)#   docker compose up --detach

            """
        return [
            ExportedFile("compose.yaml", header + document.rendered()),
            ExportedFile(export.metafileName, export.torrent.metafile),
            ContainerImage.dockerfile(export.settings.image),
        ] + [export.allowList()].compactMap { $0 }
    }

    private func trackerService(_ topology: TopologyDescription) -> YAMLTree {
        let metafile = "\(ContainerImage.metafiles)/\(export.metafileName)"
        return common(topology.unattendedTracker(metafiles: ContainerImage.metafiles), Self.tracker).adding([
            "volumes": .list([bind("./\(export.metafileName)", at: metafile)] + list)
        ])
    }

    private func service(_ node: NodeDescription, _ topology: TopologyDescription, link: String) -> YAMLTree {
        let data = "\(ContainerImage.data)/\(export.fileName)"
        let dataPath = node.role == .seed ? data : ContainerImage.downloads
        let volume: YAMLTree =
            node.role == .seed
            ? bind(export.topology.torrent.file, at: data)
            : ["type": "volume", "source": .text(node.name), "target": .text(ContainerImage.downloads)]
        return common(topology.unattended(node, link: link, dataPath: dataPath), node.name).adding([
            "depends_on": [.text(Self.tracker)], "volumes": .list([volume] + list),
        ])
    }

    private func common(_ arguments: [String], _ name: String) -> YAMLTree {
        let isSecured = export.settings.keys != nil
        let options =
            isSecured
            ? ExportedKeys.options(key: "/run/secrets/\(Self.secretTarget)", list: ContainerImage.allowList) : []
        let service: YAMLTree = [
            "image": .text(export.settings.image), "command": .texts((arguments + options).map(Self.escaped)),
            "restart": "on-failure", "init": true, "read_only": true, "cap_drop": ["ALL"],
            "security_opt": ["no-new-privileges:true"],
        ]
        guard isSecured else { return service }
        return service.adding(["secrets": [["source": .text(name), "target": .text(Self.secretTarget)]]])
    }

    private func secret(_ name: String, _ keys: ExportedKeys) -> YAMLTree {
        ["file": .text(Self.escaped("\(keys.folder)/\(ExportedKeys.file(of: name))"))]
    }

    private var list: [YAMLTree] {
        export.settings.keys == nil ? [] : [bind("./\(ExportedKeys.listName)", at: ContainerImage.allowList)]
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
