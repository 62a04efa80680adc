import GossipCore
import Testing

@testable import GossipSimulation

/// Runs over sockets against the simulator: the same distribution of cycles, and of messages in the first of them.
@Suite(.serialized, .timeLimit(.minutes(5))) struct RealEqualsSimulatedTests {
    private static let simulatedRuns = 1_000
    /// Swarms at a time; each has a thread of its own, which mostly waits for the next tick.
    private static let concurrentRuns = 4
    /// In milliseconds.
    private static let shortestInterval: UInt64 = 40
    private static let longestInterval: UInt64 = 400

    /// So many that each flaw below would be seen.
    private static func realRuns(_ style: GossipStyle) -> Int { style == .push ? 32 : 80 }

    private static func distribution(_ style: GossipStyle) -> RunDistribution {
        var parameters = SimulationParameters()
        parameters.gossip = GossipParameters(style: style, fanout: 2)
        var generator = RandomGenerator(seed: 1)
        return RunDistribution(
            (0..<simulatedRuns).map { _ in RunFigures.simulated(parameters, seed: generator.next()) })
    }

    @Test(arguments: GossipStyle.allCases) func runsOverSocketsAreOfTheSimulatedKind(style: GossipStyle) async throws {
        let wanted = Self.realRuns(style)
        let runs = try await withThrowingTaskGroup(of: RunFigures?.self) { group in
            var runs: [RunFigures] = []
            var milliseconds = Self.shortestInterval
            // A busy machine spoils some; it is then given more time.
            for number in 0..<4 * wanted {
                if number >= Self.concurrentRuns, let ended = try await group.next() {
                    if let ended { runs.append(ended) }
                    milliseconds = ended == nil ? min(milliseconds * 3 / 2, Self.longestInterval) : milliseconds
                }
                if runs.count >= wanted { break }
                let interval = TimeSpan.milliseconds(milliseconds)
                group.addTask { try await RealSwarm(style: style, seed: UInt64(number), interval: interval).run() }
            }
            for try await run in group where runs.count < wanted { runs += [run].compactMap(\.self) }
            return runs
        }
        try #require(runs.count == wanted, "only \(runs.count) runs were not disturbed")
        let differences = Self.distribution(style).differences(from: runs)
        #expect(differences.isEmpty, "\(differences.joined(separator: "\n"))")
    }

    /// The comparison finds nothing in a swarm without a flaw that was written anew.
    @Test(arguments: GossipStyle.allCases) func aSwarmWrittenAnewPasses(style: GossipStyle) {
        let distribution = Self.distribution(style)
        for batch in 0..<5 {
            let differences = distribution.differences(from: Self.runs(style, flaw: nil, batch: batch))
            #expect(differences.isEmpty, "\(differences.joined(separator: "\n"))")
        }
    }

    /// And it finds each of these, every time.
    @Test(arguments: GossipStyle.allCases) func everyFlawIsSeen(style: GossipStyle) {
        let distribution = Self.distribution(style)
        for flaw in FlawedSwarm.Flaw.allCases {
            for batch in 0..<5 {
                let runs = Self.runs(style, flaw: flaw, batch: batch)
                #expect(!distribution.differences(from: runs).isEmpty, "\(flaw), batch \(batch)")
            }
        }
    }

    private static func runs(_ style: GossipStyle, flaw: FlawedSwarm.Flaw?, batch: Int) -> [RunFigures] {
        (0..<realRuns(style)).map { run in
            var swarm = FlawedSwarm(style, flaw: flaw, seed: UInt64(batch * 1_000 + run))
            return swarm.run()
        }
    }
}
