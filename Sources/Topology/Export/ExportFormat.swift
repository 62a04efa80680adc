/// What a topology can be written out as, for machines that others look after.
package enum ExportFormat: String, CaseIterable, Sendable {
    /// A unit file for the tracker and each node, in a folder a host.
    case systemd
    /// One compose file, with all nodes as services on one machine.
    case compose
    /// A Deployment of the tracker, StatefulSets of seeds and peers.
    case kubernetes
}
