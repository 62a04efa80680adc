import GossipCore

@testable import GossipSimulation

/// What graphs are told apart by.
extension PeerGraph {
    var degrees: [Int] { (0..<nodeCount).map { degree(of: $0) } }

    /// Each edge once, as text that tells a graph from every other.
    var edges: [[Int]] {
        (0..<nodeCount).flatMap { node in
            neighbours(of: node).map { [node, Int($0.rawValue)] }.filter { $0[0] < $0[1] }
        }
    }

    /// Whether neighbours are mutual, in ascending order, and neither loops nor doubled.
    var isSimple: Bool {
        (0..<nodeCount).allSatisfy { node in
            let own = Array(neighbours(of: node))
            return zip(own, own.dropFirst()).allSatisfy { $0 < $1 }
                && own.allSatisfy { other in
                    Int(other.rawValue) != node
                        && neighbours(of: Int(other.rawValue)).contains(PeerID(UInt32(node)))
                }
        }
    }

    /// The mean over the nodes of the fraction of a node's pairs of neighbours that neighbour each other (Watts and
    /// Strogatz's C).
    var clustering: Double {
        let sum = (0..<nodeCount).reduce(0.0) { sum, node in
            let own = Array(neighbours(of: node))
            guard own.count > 1 else { return sum }
            let known = Set(own)
            let links = own.reduce(0) { $0 + neighbours(of: Int($1.rawValue)).count { known.contains($0) } }
            return sum + Double(links) / Double(own.count * (own.count - 1))
        }
        return sum / Double(nodeCount)
    }

    /// Edges from one node to each; nil where it cannot be reached.
    func distances(from start: Int) -> [Int?] {
        var distances = [Int?](repeating: nil, count: nodeCount)
        distances[start] = 0
        var queue = [start]
        var place = 0
        while place < queue.count {
            let node = queue[place]
            place += 1
            for neighbour in neighbours(of: node).map({ Int($0.rawValue) }) where distances[neighbour] == nil {
                distances[neighbour] = (distances[node] ?? 0) + 1
                queue.append(neighbour)
            }
        }
        return distances
    }

    /// The mean length of the shortest paths between two nodes (Watts and Strogatz's L).
    var meanPathLength: Double {
        let sum = (0..<nodeCount).reduce(0) { $0 + distances(from: $1).compactMap(\.self).reduce(0, +) }
        return Double(sum) / Double(nodeCount * (nodeCount - 1))
    }
}
