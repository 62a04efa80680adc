/// What an export needs to know that no topology says.
package struct ExportSettings: Equatable, Sendable {
    /// Where `gotorrent` lies on the hosts, for systemd.
    package var program = "/usr/local/bin/gotorrent"
    /// The container image, for compose and Kubernetes.
    package var image = "gotorrent:latest"
    /// The claim of a volume that holds the file, for the seeds in Kubernetes; nil for the run's name and `-data`.
    package var dataClaim: String?
    /// A path on every node of the cluster that the file goes to, by a DaemonSet in place of the peers; nil for peers.
    package var everyNode: String?

    /// Of a secured swarm; nil of an open one.
    package var keys: ExportedKeys?

    package init() {}
}
