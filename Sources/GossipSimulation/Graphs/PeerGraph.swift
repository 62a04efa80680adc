import GossipCore

/// Who knows whom in a simulated swarm: an undirected graph without loops and double edges.
///
/// The neighbours of all nodes lie in one array (compressed sparse rows), so that a million nodes with four neighbours
/// each take 20 MB.
package struct PeerGraph: Equatable, Sendable {
    /// Where each node's neighbours begin, and where the last one's end.
    private var starts: [UInt32]
    private var ends: [PeerID]

    /// - Parameters:
    ///   - nodeCount: nodes are numbered from 0.
    ///   - forEachEdge: calls its argument with both ends of each edge, each edge once; it is called twice and does the
    ///     same both times. At most `UInt32.max / 2` edges.
    package init(nodeCount: Int, forEachEdge: ((Int, Int) -> Void) -> Void) {
        var starts = [UInt32](repeating: 0, count: nodeCount + 1)
        forEachEdge { one, other in
            precondition(one != other, "no node neighbours itself")
            starts[one + 1] += 1
            starts[other + 1] += 1
        }
        for node in 0..<nodeCount { starts[node + 1] += starts[node] }
        var places = starts
        var ends = [PeerID](repeating: PeerID(0), count: Int(starts[nodeCount]))
        forEachEdge { one, other in
            ends[Int(places[one])] = PeerID(UInt32(other))
            ends[Int(places[other])] = PeerID(UInt32(one))
            places[one] += 1
            places[other] += 1
        }
        for node in 0..<nodeCount {
            let range = Int(starts[node])..<Int(starts[node + 1])
            ends[range].sort()
            precondition(
                range.dropFirst().allSatisfy { ends[$0 - 1] != ends[$0] }, "no two nodes neighbour each other twice")
        }
        self.starts = starts
        self.ends = ends
    }

    package var nodeCount: Int { starts.count - 1 }

    package var edgeCount: Int { ends.count / 2 }

    /// Whom a node knows, in ascending order.
    package func neighbours(of node: Int) -> ArraySlice<PeerID> {
        ends[Int(starts[node])..<Int(starts[node + 1])]
    }

    package func degree(of node: Int) -> Int { neighbours(of: node).count }

    /// Whether every node can be reached from every other.
    package var isConnected: Bool {
        guard nodeCount > 0 else { return true }
        var isReached = [Bool](repeating: false, count: nodeCount)
        isReached[0] = true
        var frontier = [0]
        var reachedCount = 1
        while let node = frontier.popLast() {
            for neighbour in neighbours(of: node) where !isReached[Int(neighbour.rawValue)] {
                isReached[Int(neighbour.rawValue)] = true
                reachedCount += 1
                frontier.append(Int(neighbour.rawValue))
            }
        }
        return reachedCount == nodeCount
    }
}
