import GossipCore

/// A graph in the making: every node has so many stubs, and each stub is paired with another.
///
/// Stubs are paired at random, pairs that are loops or double edges are taken apart by switches, and then more switches
/// are made at random. A switch takes two pairs and exchanges their ends; the walk over the simple graphs that it makes
/// is symmetric and reaches them all, so it ends in a uniform one. In a large graph the few pairs to repair, about
/// (d² − 1) / 4 of them for degree d, change next to nothing, and the number of switches is bounded.
///
/// Sources: Bollobás, *A probabilistic proof of an asymptotic formula for the number of labelled regular graphs*, Europ.
/// J. Combinatorics 1 (1980), for the pairing; McKay and Wormald, *Uniform generation of random regular graphs of
/// moderate degree*, J. Algorithms 11 (1990), for the repair; Taylor, *Constrained switchings in graphs*, Combinatorial
/// Mathematics VIII (1981), for the walk that reaches all.
struct StubPairing {
    private static let switchesAPair = 20
    private static let largestSwitchCount = 2_000_000
    /// Attempts at one repair after which all stubs are paired anew.
    private static let patience = 10_000

    private let nodeCount: Int
    private let degree: Int
    /// The stub that each stub is paired with. Those of node v are numbered from v · degree on.
    private var mates: [UInt32]

    init(nodeCount: Int, degree: Int) {
        self.nodeCount = nodeCount
        self.degree = degree
        mates = []
    }

    /// Every pair as an edge.
    var graph: PeerGraph {
        PeerGraph(nodeCount: nodeCount) { body in
            for stub in mates.indices where Int(mates[stub]) > stub { body(node(of: stub), node(of: Int(mates[stub]))) }
        }
    }

    /// Pairs all stubs so that the graph is simple.
    mutating func shuffle(using generator: inout RandomGenerator) {
        repeat { pairStubs(using: &generator) } while !repair(using: &generator)
        let count = min(Self.switchesAPair * mates.count / 2, Self.largestSwitchCount)
        for _ in 0..<count { switchEnds(of: generator.index(below: mates.count), using: &generator) }
    }

    private mutating func pairStubs(using generator: inout RandomGenerator) {
        let stubCount = nodeCount * degree
        var stubs = Array(0..<UInt32(stubCount))
        mates = stubs
        for place in stride(from: 0, to: stubCount, by: 2) {
            // The first stub left is paired with any of the others left.
            stubs.swapAt(place + 1, place + 1 + generator.index(below: stubCount - place - 1))
            mates[Int(stubs[place])] = stubs[place + 1]
            mates[Int(stubs[place + 1])] = stubs[place]
        }
    }

    /// Switches pairs that are loops or double edges with others until none is.
    /// - Returns: false where one found no other for long.
    private mutating func repair(using generator: inout RandomGenerator) -> Bool {
        for stub in mates.indices {
            var attempts = 0
            while !isSimple(stub) {
                attempts += 1
                guard attempts <= Self.patience else { return false }
                switchEnds(of: stub, using: &generator)
            }
        }
        return true
    }

    /// Exchanges the ends of a stub's pair and of a drawn one, where that makes two edges that are not there yet.
    private mutating func switchEnds(of stub: Int, using generator: inout RandomGenerator) {
        let other = generator.index(below: mates.count)
        let (mate, otherMate) = (Int(mates[stub]), Int(mates[other]))
        guard isFree(node(of: stub), node(of: otherMate)), isFree(node(of: other), node(of: mate)) else { return }
        // Two loops would become one edge twice.
        guard node(of: stub) != node(of: mate) || node(of: other) != node(of: otherMate) else { return }
        (mates[stub], mates[otherMate]) = (UInt32(otherMate), UInt32(stub))
        (mates[other], mates[mate]) = (UInt32(mate), UInt32(other))
    }

    private func isFree(_ one: Int, _ other: Int) -> Bool {
        one != other && !stubs(of: one).contains { node(of: Int(mates[$0])) == other }
    }

    /// Whether the stub's pair is no loop, and no other pair joins the same two nodes.
    private func isSimple(_ stub: Int) -> Bool {
        let (one, other) = (node(of: stub), node(of: Int(mates[stub])))
        return one != other && stubs(of: one).count { node(of: Int(mates[$0])) == other } == 1
    }

    private func stubs(of node: Int) -> Range<Int> { node * degree..<(node + 1) * degree }

    private func node(of stub: Int) -> Int { stub / degree }
}
