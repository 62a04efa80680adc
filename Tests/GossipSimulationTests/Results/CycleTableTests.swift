import GossipCore
import Testing

@testable import GossipSimulation

@Suite struct CycleTableTests {
    @Test(arguments: GossipStyle.allCases)
    func rowsAreTheStatisticsOfTheRuns(style: GossipStyle) throws {
        let parameters = classic(style, runs: 40, seed: 2)
        let rows = Simulation(parameters, workers: 2, recordsCycles: true).run().cycleRows
        var generator = RandomGenerator(seed: 2)
        let outcomes = (0..<40).map { _ in
            RunOutcome.of(parameters, seed: generator.next(), recordsCycles: true)
        }
        #expect(rows.map(\.cycle) == (0..<Cycle(rows.count)).map { $0 })
        #expect(rows.count == outcomes.map(\.chunksHeld.count).max())
        for (cycle, row) in rows.enumerated() {
            let held = outcomes.map { Double($0.chunksHeld[min(cycle, $0.chunksHeld.count - 1)]) / 45 }
            #expect(row.fraction == Statistics(held))
            let sent = outcomes.map { outcome in
                outcome.messages.indices.contains(cycle - 1) ? Double(outcome.messages[cycle - 1].sent) : 0
            }
            #expect(abs(row.sent - sent.reduce(0, +) / 40) < 1e-12)
        }
        // What the cycles add up to is what the runs counted in all.
        #expect(abs(rows.map(\.useful).reduce(0, +) - 45) < 1e-9)
        let counts = outcomes.reduce(into: MessageCounts()) { $0 += $1.counts }
        #expect(abs(rows.map(\.redundant).reduce(0, +) - Double(counts.redundant) / 40) < 1e-9)
        #expect(abs(rows.map(\.missed).reduce(0, +) - Double(counts.missed) / 40) < 1e-9)
    }

    /// The bytes that scripts rely on do not depend on whether somebody wants the cycles too.
    @Test func recordingChangesNothingElse() {
        let parameters = classic(runs: 20, seed: 4)
        let plain = Simulation(parameters, workers: 1).run()
        #expect(plain.json == Simulation(parameters, workers: 2, recordsCycles: true).run().json)
        #expect(plain.cycleRows.isEmpty)
    }

    @Test func aSingleLargeRunHasRowsToo() throws {
        let rows = Simulation(classic(.pull, seed: 4), workers: 2, recordsCycles: true).run().cycleRows
        #expect(rows.first?.sent == 0)
        #expect(rows.last?.fraction.minimum == 1)
    }
}
