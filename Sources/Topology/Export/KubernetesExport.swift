import GossipCore

/// Manifests: the tracker as a Deployment with a Service, seeds and peers as StatefulSets, or a DaemonSet of peers.
///
/// Pods come and go with new names, so nodes are called as their pods and announce their pods' addresses.
struct KubernetesExport {
    /// What the API server takes in a ConfigMap is 1 MiB, and the metafile is there in base64.
    private static let mostMetafileBytes = 700_000

    let export: TopologyExport

    var topology: TopologyDescription { export.topology }

    func files() throws(ExportError) -> [ExportedFile] {
        guard export.torrent.metafile.count <= Self.mostMetafileBytes else {
            throw ExportError(
                "the metafile has \(export.torrent.metafile.count) bytes, and a ConfigMap holds no more than "
                    + "\(Self.mostMetafileBytes) of it; with a larger chunk-size it is smaller")
        }
        if let path = export.settings.everyNode, !path.hasPrefix("/") {
            throw ExportError("--every-node is \(path); it must be a path from the root, the same on every node")
        }
        let folder = export.settings.everyNode
        let peers = folder.map { ("daemonset.yaml", daemonSet(at: $0)) } ?? ("peers.yaml", peers)
        let place = folder.map { "\($0) of every node" } ?? "a volume of each pod"
        return [
            file("tracker.yaml", "the tracker, which gives out the metafile, and its Service", tracker, keyRemark),
            file("seeds.yaml", "the seeds; the claim \(dataClaim) must hold \(export.fileName)", [seeds]),
            file(peers.0, "the peers; each fetches \(export.fileName) to \(place)", [headlessService, peers.1]),
            ContainerImage.dockerfile(export.settings.image),
        ]
    }

    private func file(
        _ path: String, _ about: String, _ documents: [YAMLTree], _ remark: String = ""
    ) -> ExportedFile {
        let header = "# \(topology.name): \(about).\n\(remark)#   kubectl apply --filename \(path)\n"
        return ExportedFile(path, header + documents.map { $0.rendered() }.joined(separator: "---\n"))
    }

    private var dataClaim: String { export.settings.dataClaim ?? "\(name)-data" }

    // MARK: Names

    /// The run's name as RFC 1123 has it; a StatefulSet's pods have longer ones, and labels end at 63 letters.
    var name: String {
        let letters = topology.name.lowercased().utf8.map { byte in
            (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) ? byte : UInt8(ascii: "-")
        }
        let name = String(decoding: letters.prefix(40), as: UTF8.self)
        let trimmed = String(name.reversed().drop { $0 == "-" }.reversed())
        // A Service's name begins with a letter (RFC 1035).
        return trimmed.first?.isLetter == true ? trimmed : "gotorrent-\(trimmed)"
    }

    private var trackerName: String { "\(name)-tracker" }
    var peersName: String { "\(name)-peer" }
    var seedsName: String { "\(name)-seed" }

    func labels(_ component: String) -> YAMLTree {
        [
            "app.kubernetes.io/name": "gotorrent", "app.kubernetes.io/instance": .text(name),
            "app.kubernetes.io/component": .text(component),
        ]
    }

    // MARK: Objects

    private var tracker: [YAMLTree] {
        let port = Int(topology.tracker.port)
        let ports = [("tracker", port), ("bus-subscribe", port + 1), ("bus-publish", port + 2)]
        let metafile: YAMLTree = [
            "apiVersion": "v1", "kind": "ConfigMap",
            "metadata": ["name": "\(name)-metafile", "labels": labels("tracker")],
            "binaryData": .mapping([
                .init(key: export.metafileName, value: .text(Base64.encoded(export.torrent.metafile)))
            ]),
        ]
        let service: YAMLTree = [
            "apiVersion": "v1", "kind": "Service",
            "metadata": ["name": .text(trackerName), "labels": labels("tracker")],
            "spec": [
                "selector": labels("tracker"),
                "ports": .list(ports.map { ["name": .text($0.0), "port": .number($0.1)] }),
            ],
        ]
        let container = secured(
            PodContainer(
                image: export.settings.image, arguments: trackerArguments, port: port,
                mounts: [.init(volume: "metafile", path: ContainerImage.metafiles, isReadOnly: true)],
                metrics: topology.metricsAddress(of: nil)),
            by: NodeCommand.trackerName)
        let volume: YAMLTree = ["name": "metafile", "configMap": ["name": "\(name)-metafile"]]
        let deployment: YAMLTree = [
            "apiVersion": "apps/v1", "kind": "Deployment",
            "metadata": ["name": .text(trackerName), "labels": labels("tracker")],
            "spec": [
                // Two trackers would be two clocks.
                "replicas": 1, "strategy": ["type": "Recreate"], "selector": ["matchLabels": labels("tracker")],
                "template": container.template(labels: labels("tracker"), volumes: [volume] + keyVolumes),
            ],
        ]
        return [metafile] + allowList + [service, deployment]
    }

    private var headlessService: YAMLTree {
        [
            "apiVersion": "v1", "kind": "Service",
            "metadata": ["name": .text(peersName), "labels": labels("peer")],
            "spec": [
                "clusterIP": "None", "selector": labels("peer"),
                "ports": [["name": "peer", "port": .number(Int(ContainerImage.port))]],
            ],
        ]
    }

    private var peers: YAMLTree {
        let container = container(.peer, mount: .init(volume: "downloads", path: ContainerImage.downloads))
        let megabytes = max(1, (export.torrent.length + (1 << 20) - 1) >> 20)
        return statefulSet(
            peersName, "peer", count: topology.peers.count,
            container.template(labels: labels("peer"), volumes: keyVolumes),
            more: [
                "volumeClaimTemplates": [
                    [
                        "metadata": ["name": "downloads"],
                        "spec": [
                            "accessModes": ["ReadWriteOnce"],
                            // The file, its journal, and what a file system takes for itself.
                            "resources": ["requests": ["storage": "\(megabytes + megabytes / 10 + 32)Mi"]],
                        ],
                    ]
                ]
            ])
    }

    private var seeds: YAMLTree {
        let container = container(
            .seed, mount: .init(volume: "data", path: ContainerImage.data, isReadOnly: true))
        let volume: YAMLTree = [
            "name": "data", "persistentVolumeClaim": ["claimName": .text(dataClaim), "readOnly": true],
        ]
        return statefulSet(
            seedsName, "seed", count: topology.seeds.count,
            container.template(labels: labels("seed"), volumes: [volume] + keyVolumes), more: [:])
    }

    private func statefulSet(
        _ name: String, _ component: String, count: Int, _ template: YAMLTree, more: YAMLTree
    ) -> YAMLTree {
        let specification: YAMLTree = [
            // They need not wait for one another.
            "serviceName": .text(peersName), "podManagementPolicy": "Parallel", "replicas": .number(count),
            "selector": ["matchLabels": labels(component)], "template": template,
        ]
        return [
            "apiVersion": "apps/v1", "kind": "StatefulSet",
            "metadata": ["name": .text(name), "labels": labels(component)], "spec": specification.adding(more),
        ]
    }

    private func daemonSet(at path: String) -> YAMLTree {
        var container = container(
            .peer, mount: .init(volume: "downloads", path: ContainerImage.downloads), key: peersName)
        // The folder is made by the kubelet and is root's.
        container.user = 0
        let volume: YAMLTree = ["name": "downloads", "hostPath": ["path": .text(path), "type": "DirectoryOrCreate"]]
        return [
            "apiVersion": "apps/v1", "kind": "DaemonSet",
            "metadata": ["name": .text(peersName), "labels": labels("peer")],
            "spec": [
                "selector": ["matchLabels": labels("peer")],
                // All at once: they help one another, and waiting for each would take as long as without gossip.
                "updateStrategy": ["type": "RollingUpdate", "rollingUpdate": ["maxUnavailable": "100%"]],
                "template": container.template(
                    labels: labels("peer"), volumes: [volume] + keyVolumes,
                    more: ["tolerations": [["operator": "Exists"]]]),
            ],
        ]
    }

    // MARK: Commands

    private var relocated: TopologyDescription {
        export.relocated(tracker: trackerName, port: ContainerImage.port) { _ in "$(POD_IP)" }
    }

    private var trackerArguments: [String] {
        var arguments = relocated.unattendedTracker(metafiles: ContainerImage.metafiles)
        // How many nodes a cluster has nobody knows beforehand, so its clock waits for nobody.
        if export.settings.everyNode != nil, let place = arguments.firstIndex(of: "--expect") {
            arguments[place + 1] = "0"
        }
        return arguments
    }

    /// All pods of a role run the same command.
    /// - Parameter key: what the pod's key is called: as the pod, where it has a name that is known beforehand.
    private func container(
        _ role: NodeRole, mount: PodContainer.Mount, key: String = "$(POD_NAME)"
    ) -> PodContainer {
        let topology = relocated
        // A StatefulSet's pods are alike: a port that one node was given cannot be its own.
        let node = NodeDescription(
            name: "$(POD_NAME)", host: topology.nodes.first?.host ?? "", role: role, port: ContainerImage.port)
        let fileName = export.fileName.replacing("$(", with: "$$(")
        let data = role == .seed ? "\(ContainerImage.data)/\(fileName)" : ContainerImage.downloads
        return secured(
            PodContainer(
                image: export.settings.image,
                arguments: topology.unattended(node, link: export.link(trackerHost: trackerName), dataPath: data),
                port: Int(ContainerImage.port), mounts: [mount], knowsItsPod: true,
                metrics: topology.metricsAddress(of: node.name)),
            by: key)
    }
}
