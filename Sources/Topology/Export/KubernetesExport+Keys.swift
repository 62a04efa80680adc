import GossipNode

/// Keys in a cluster: a Secret that somebody else makes, of which each pod sees its own key, and the allow-list.
extension KubernetesExport {
    private var secretName: String { "\(name)-keys" }
    private var listName: String { "\(name)-allow" }

    /// What the keys of seeds and peers are called. Pods of a DaemonSet have names that nobody knows beforehand, and so
    /// one key together.
    var keyNames: [String] {
        let seeds = topology.seeds.indices.map { "\(seedsName)-\($0)" }
        return seeds
            + (export.settings.everyNode == nil ? topology.peers.indices.map { "\(peersName)-\($0)" } : [peersName])
    }

    /// How the Secret is made, for the top of a file; nothing in an open swarm.
    var keyRemark: String {
        guard export.settings.keys != nil else { return "" }
        let files = "\(ExportedKeys.file(of: NodeCommand.trackerName)) \(name)-*.key"
        return """
            # Before that, where the key files are, since no secret is in the files of an export:
            #   kubectl create secret generic \(secretName) $(printf ' --from-file=%s' \(files))

            """
    }

    /// The object with the allow-list, which pods see change.
    var allowList: [YAMLTree] {
        guard let keys = export.settings.keys else { return [] }
        return [
            [
                "apiVersion": "v1", "kind": "ConfigMap",
                "metadata": ["name": .text(listName), "labels": labels("tracker")],
                "data": .mapping([.init(key: ExportedKeys.listName, value: .text(keys.list.text))]),
            ]
        ]
    }

    /// A container with its key and the list; unchanged in an open swarm.
    /// - Parameter key: what its key is called.
    func secured(_ container: PodContainer, by key: String) -> PodContainer {
        guard export.settings.keys != nil else { return container }
        var container = container
        container.arguments += ExportedKeys.options(key: ContainerImage.key, list: ContainerImage.allowList)
        container.mounts += [
            .init(
                volume: "keys", path: ContainerImage.key, isReadOnly: true, file: ExportedKeys.file(of: key)),
            .init(volume: "allow", path: ContainerImage.allowFolder, isReadOnly: true),
        ]
        return container
    }

    /// The volumes of that.
    var keyVolumes: [YAMLTree] {
        guard export.settings.keys != nil else { return [] }
        return [
            // 0400; with a group, whose right to read comes on top.
            ["name": "keys", "secret": ["secretName": .text(secretName), "defaultMode": .number(0o400)]],
            ["name": "allow", "configMap": ["name": .text(listName)]],
        ]
    }
}
