import GossipCore

/// The classic experiment once more, in a few lines that share nothing with the core, with mistakes to choose from.
///
/// It shows what the comparison sees: without a flaw it passes for the simulator, with any one it does not.
struct FlawedSwarm {
    enum Flaw: CaseIterable, Sendable {
        case contactsItself, drawsWithReplacement, oneTooMany, oneTooFew, usesChunksAtOnce
    }

    private static let nodes = 6
    private static let chunks = 9

    private let style: GossipStyle
    private let flaw: Flaw?
    private var generator: RandomGenerator
    private var known = [[Int]](repeating: [], count: nodes)
    /// As of the cycle's beginning, and as of now.
    private var held: [Set<Int>]
    private var now: [Set<Int>]
    private var counts = MessageCounts()

    init(_ style: GossipStyle, flaw: Flaw?, seed: UInt64) {
        self.style = style
        self.flaw = flaw
        generator = RandomGenerator(seed: seed)
        held = [Set(0..<Self.chunks)] + [Set<Int>](repeating: [], count: Self.nodes - 1)
        now = held
    }

    mutating func run() -> RunFigures {
        var figures = RunFigures()
        while now.contains(where: { $0.count < Self.chunks }) {
            figures.cycles += 1
            if !figures.cycles.isMultiple(of: 2) { askTracker() }
            let before = counts
            held = now
            for node in generator.distinctIndices(Self.nodes, below: Self.nodes) {
                if style.pushes { push(from: node) }
                if style.pulls { pull(to: node) }
            }
            if figures.cycles == 1 { figures.noteFirstCycle(held: now.dropFirst().map(\.count)) }
            if figures.cycles <= RunFigures.comparedCycles { figures.messages.append(counts.since(before)) }
        }
        return figures
    }

    private mutating func askTracker() {
        for node in 0..<Self.nodes {
            for member in generator.distinctIndices(3, below: Self.nodes) where !known[node].contains(member) {
                if member != node || flaw == .contactsItself { known[node].append(member) }
            }
        }
    }

    private mutating func partners(of node: Int) -> [Int] {
        let fanout = flaw == .oneTooMany ? 3 : flaw == .oneTooFew ? 1 : 2
        if flaw == .drawsWithReplacement {
            return (0..<fanout).map { _ in known[node][generator.index(below: known[node].count)] }
        }
        return generator.distinctIndices(fanout, below: known[node].count).map { known[node][$0] }
    }

    /// What a node may draw from and answer with.
    private func usable(_ node: Int) -> Set<Int> { flaw == .usesChunksAtOnce ? now[node] : held[node] }

    private mutating func push(from node: Int) {
        let usable = usable(node).sorted()
        guard !usable.isEmpty else { return }
        for partner in partners(of: node) {
            counts.sent += 1
            deliver(usable[generator.index(below: usable.count)], to: partner)
        }
    }

    private mutating func pull(to node: Int) {
        let missing = (0..<Self.chunks).filter { !usable(node).contains($0) }
        guard !missing.isEmpty else { return }
        for partner in partners(of: node) {
            counts.sent += 1
            let chunk = missing[generator.index(below: missing.count)]
            if usable(partner).contains(chunk) { deliver(chunk, to: node) } else { counts.missed += 1 }
        }
    }

    private mutating func deliver(_ chunk: Int, to node: Int) {
        if now[node].insert(chunk).inserted { counts.useful += 1 } else { counts.redundant += 1 }
    }
}
