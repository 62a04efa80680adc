import GossipCore
import GossipNode

/// What a topology takes of a process that runs all of its nodes.
struct LocalSwarmSize {
    /// A ROUTER and the port that it listens at, the tracker's REQ, the bus's SUB and XPUB, a mailbox, the chunks' file
    /// and its lock.
    private static let descriptorsOfNode = 8
    private static let socketsOfNode = 4
    /// libzmq, the loops, the recorder, standard streams, and whoever else connects.
    private static let otherDescriptors = 200
    /// What libzmq lets a context have.
    private static let greatestSocketCount = 65_535
    /// More than these are hardly used again in time.
    private static let mostKeptLinks = 32

    /// Links that a node keeps, a descriptor and a socket each; on top of them are those that a cycle uses.
    let keptLinks: Int
    let socketCount: Int

    /// - Parameters:
    ///   - recordsTraces: whether each node has a file for its events.
    ///   - limit: descriptors that the process may have.
    /// - Throws: `LaunchError` where the process has no room for the nodes.
    init(_ topology: TopologyDescription, recordsTraces: Bool, descriptorLimit limit: Int) throws(LaunchError) {
        let nodes = topology.nodes.count
        let others = nodes - 1
        let used = min(others, PeerNode.linksOfCycle(topology.gossip))
        let without = nodes * (Self.descriptorsOfNode + (recordsTraces ? 1 : 0)) + Self.otherDescriptors
        // Those that a cycle used are there until the middle of the next one, which uses as many.
        let least = without + nodes * min(others, 2 * used)
        guard least <= limit else {
            throw LaunchError(
                "\(nodes) nodes of one process may need \(least) descriptors, and it may have \(limit); "
                    + "let it have more (ulimit -Hn), or run fewer nodes")
        }
        let room = min((limit - without) / nodes, Self.greatestSocketCount / nodes - Self.socketsOfNode - 1)
        guard room >= min(others, 2 * used) else {
            throw LaunchError(
                "\(nodes) nodes of one process with \(min(others, 2 * used)) links each need more than the "
                    + "\(Self.greatestSocketCount) sockets that ZeroMQ has; run fewer nodes, or spread them over processes"
            )
        }
        keptLinks = max(1, min(Self.mostKeptLinks, room - used))
        socketCount = min(Self.greatestSocketCount, nodes * (Self.socketsOfNode + room) + Self.otherDescriptors)
    }
}
