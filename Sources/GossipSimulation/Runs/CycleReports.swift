import GossipCore

/// What nodes report at their cycles' ends, summed by cycle: as the recorder of a real run hears it on the bus.
final class CycleReports {
    private struct Last {
        var nextCycle = 0
        var held = 0
        var counts = MessageCounts()
    }

    private let seeds: Int
    private var last: [Last]
    /// Chunks that the peers hold after cycle 0, 1, ….
    private(set) var held: [UInt64] = []
    /// What all nodes counted in cycle 0, 1, ….
    private(set) var messages: [MessageCounts] = []

    /// - Parameter seeds: the first nodes, which are none of the peers.
    init(nodes: Int, seeds: Int) {
        self.seeds = seeds
        last = Array(repeating: Last(), count: nodes)
    }

    /// - Parameter held: what the node has, in chunks.
    func add(_ node: Int, _ cycle: Cycle, held: UInt32, _ counts: MessageCounts) {
        add(node, Int(clamping: cycle), held: Int(held), counts)
    }

    /// Takes in what a node holds at the end of the run, in this cycle.
    func close(_ node: Int, held: Int, counts: MessageCounts, cycle: Cycle) {
        add(node, Int(clamping: cycle), held: held, counts)
    }

    private func add(_ node: Int, _ cycle: Int, held chunks: Int, _ counts: MessageCounts) {
        while held.count <= cycle {
            held.append(0)
            messages.append(MessageCounts())
        }
        let before = last[node]
        // Cycles that a node skipped have no report: it held then what it held before.
        if node >= seeds, before.nextCycle <= cycle {
            for skipped in before.nextCycle..<cycle { held[skipped] += UInt64(before.held) }
            held[cycle] += UInt64(chunks)
        }
        messages[cycle] += counts.since(before.counts)
        last[node] = Last(nextCycle: max(before.nextCycle, cycle + 1), held: chunks, counts: counts)
    }
}
