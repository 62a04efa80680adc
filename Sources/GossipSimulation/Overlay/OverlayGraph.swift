import GossipCore

/// Who knows whom: each node that is there, with an arrow to each of its view.
package struct OverlayGraph: Equatable, Sendable {
    /// The nodes that each node knows; nil of one that is not there.
    private let neighbours: [[Int]?]

    /// - Parameter neighbours: of each node, by number; nil where it is not there.
    package init(_ neighbours: [[Int]?]) {
        self.neighbours = neighbours
    }

    package var nodeCount: Int { neighbours.count { $0 != nil } }

    /// How many views each node that is there is in, by number; nil of one that is not there.
    package var inDegrees: [Int?] {
        var degrees = [Int](repeating: 0, count: neighbours.count)
        for known in neighbours { for neighbour in known ?? [] { degrees[neighbour] += 1 } }
        return neighbours.indices.map { neighbours[$0] == nil ? nil : degrees[$0] }
    }

    /// Nodes that reach each other over nodes that are there, whichever way the arrows point: the sizes of these
    /// clusters, largest first.
    package var clusterSizes: [Int] {
        var roots = Array(neighbours.indices)
        func root(of node: Int) -> Int {
            var node = node
            while roots[node] != node {
                roots[node] = roots[roots[node]]
                node = roots[node]
            }
            return node
        }
        for (node, known) in neighbours.enumerated() {
            for neighbour in known ?? [] where neighbours[neighbour] != nil {
                roots[root(of: neighbour)] = root(of: node)
            }
        }
        var sizes = [Int](repeating: 0, count: neighbours.count)
        for node in neighbours.indices where neighbours[node] != nil { sizes[root(of: node)] += 1 }
        return sizes.filter { $0 > 0 }.sorted(by: >)
    }
}
