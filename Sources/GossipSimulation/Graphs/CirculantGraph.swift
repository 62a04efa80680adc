/// A graph in which node v neighbours the nodes v ± o, counted around, for the same offsets o at every node.
enum CirculantGraph {
    /// The ring lattice: every node knows the `degree` nearest ones, half of them on either side.
    /// - Parameter degree: even, below `nodeCount`.
    static func ring(nodeCount: Int, degree: Int) -> PeerGraph {
        graph(nodeCount: nodeCount, offsets: 1...max(1, degree / 2))
    }

    /// The grid: rows of about √n nodes, wrapped in both directions, so that every node has four neighbours and no place
    /// is better than another.
    ///
    /// A row's end is joined to the beginning of the next row (helical boundary conditions: Newman and Barkema, *Monte
    /// Carlo Methods in Statistical Physics*, 1999, section 13.1), so that there is a grid of any number of nodes.
    /// - Parameter nodeCount: at least 5.
    static func grid(nodeCount: Int) -> PeerGraph {
        graph(nodeCount: nodeCount, offsets: [1, rowLength(nodeCount: nodeCount)])
    }

    /// ⌊√n⌋.
    static func rowLength(nodeCount: Int) -> Int {
        var length = 1
        while (length + 1) * (length + 1) <= nodeCount { length += 1 }
        return length
    }

    /// - Parameter offsets: distinct, from 1 up to but not including half of `nodeCount`.
    private static func graph(nodeCount: Int, offsets: some Sequence<Int>) -> PeerGraph {
        PeerGraph(nodeCount: nodeCount) { body in
            for node in 0..<nodeCount {
                for offset in offsets { body(node, (node + offset) % nodeCount) }
            }
        }
    }
}
