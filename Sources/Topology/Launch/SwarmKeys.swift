import GossipNode
import ZeroMQ

/// The keys of one run of a secured swarm: a new pair for each process, kept in memory alone.
package struct SwarmKeys: Sendable {
    /// What the allow-list calls the launcher, which watches the bus.
    private static let watcherName = "launcher"

    private let tracker: CurveKeyPair
    private let nodes: [String: CurveKeyPair]
    private let list: AllowList
    /// The launcher's own keys, which let it hear the bus and nothing else.
    package let watcher: CurveKeyPair

    /// Makes the keys.
    /// - Parameter admitted: who else may take part, with keys of their own: monitors, or nodes that are started by hand.
    /// - Throws: `LaunchError` where libzmq was built without CURVE.
    package init(for topology: TopologyDescription, admitted: AllowList = AllowList()) throws(LaunchError) {
        do throws(ZeroMQError) {
            tracker = try CurveKeyPair.generate()
            watcher = try CurveKeyPair.generate()
            var nodes: [String: CurveKeyPair] = [:]
            for node in topology.nodes { nodes[node.name] = try CurveKeyPair.generate() }
            self.nodes = nodes
        } catch {
            throw LaunchError("cannot make keys for the swarm: \(error); write security: none to do without")
        }
        var entries = [
            AllowList.Entry(key: tracker.publicKey, name: NodeCommand.trackerName, role: .tracker),
            AllowList.Entry(key: watcher.publicKey, name: Self.watcherName, role: .monitor),
        ]
        for (name, keys) in nodes.sorted(by: { $0.key < $1.key }) {
            entries.append(AllowList.Entry(key: keys.publicKey, name: name, role: .node))
        }
        list = AllowList(entries + admitted.entries)
    }

    package var trackerKey: CurvePublicKey { tracker.publicKey }

    /// What another process is to be handed that watches the bus for the launcher. It asks nobody in, so it has no list.
    package var watcherCredentials: NodeCredentials {
        NodeCredentials(keys: watcher, trackerKey: tracker.publicKey, list: AllowList())
    }

    /// What the tracker or a node is to be handed, over the pipe that is its standard input.
    package func credentials(of name: String) -> NodeCredentials {
        guard let keys = name == NodeCommand.trackerName ? tracker : nodes[name] else {
            preconditionFailure("\(name) is none of the topology's nodes")
        }
        return NodeCredentials(keys: keys, trackerKey: tracker.publicKey, list: list)
    }
}
