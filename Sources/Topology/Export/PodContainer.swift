import HTTPText

/// The one container of a pod.
struct PodContainer {
    struct Mount {
        let volume: String
        let path: String
        var isReadOnly = false
        /// The one file of the volume that is mounted, which may name the pod; nil for all of it.
        var file: String?
    }

    let image: String
    var arguments: [String]
    /// Where it listens; the probes connect there.
    let port: Int
    var mounts: [Mount]
    /// Whether its arguments have the pod's name and address in them.
    var knowsItsPod = false
    /// Where it serves metrics; nil where it does not.
    var metrics: ListenAddress?
    /// 0 is root, without what makes it almighty.
    var user = ContainerImage.user

    /// A pod template.
    func template(labels: YAMLTree, volumes: [YAMLTree], more: YAMLTree = [:]) -> YAMLTree {
        let specification: YAMLTree = [
            // Variables for each Service would only be in the way.
            "enableServiceLinks": false, "automountServiceAccountToken": false, "terminationGracePeriodSeconds": 10,
            "securityContext": identity.adding(["seccompProfile": ["type": "RuntimeDefault"]]),
            "containers": [container],
            "volumes": .list(volumes),
        ]
        let metadata: YAMLTree = ["labels": labels]
        return ["metadata": metadata.adding(annotations), "spec": specification.adding(more)]
    }

    /// What most who collect metrics in a cluster look for; nothing where they would not reach them.
    private var annotations: YAMLTree {
        guard let metrics, !metrics.isLoopback else { return [:] }
        return [
            "annotations": ["prometheus.io/scrape": "true", "prometheus.io/port": .text("\(metrics.port)")]
        ]
    }

    /// A secret is shown to the group too where there is one, and root takes none that others can read.
    private var identity: YAMLTree {
        user == 0 ? ["runAsUser": 0] : ["runAsUser": .number(user), "fsGroup": .number(user)]
    }

    private var container: YAMLTree {
        let probe: YAMLTree = ["tcpSocket": ["port": .number(port)]]
        let environment: [YAMLTree] = [("POD_NAME", "metadata.name"), ("POD_IP", "status.podIP")].map { name, path in
            ["name": .text(name), "valueFrom": ["fieldRef": ["fieldPath": .text(path)]]]
        }
        return [
            "name": "gotorrent", "image": .text(image), "args": .texts(arguments),
            "env": .list(knowsItsPod ? environment : []),
            "ports": [["containerPort": .number(port)]],
            // A peer listens only once it has hashed what is there, which takes minutes where that is much.
            "startupProbe": probe.adding(["periodSeconds": 2, "failureThreshold": 900]),
            "readinessProbe": probe.adding(["periodSeconds": 5]),
            "livenessProbe": probe.adding(["periodSeconds": 20, "failureThreshold": 3]),
            "securityContext": [
                "allowPrivilegeEscalation": false, "readOnlyRootFilesystem": true, "capabilities": ["drop": ["ALL"]],
            ],
            "volumeMounts": .list(
                mounts.map { mount in
                    let tree: YAMLTree = [
                        "name": .text(mount.volume), "mountPath": .text(mount.path),
                        "readOnly": .flag(mount.isReadOnly),
                    ]
                    return mount.file.map { tree.adding(["subPathExpr": .text($0)]) } ?? tree
                }),
        ]
    }
}
