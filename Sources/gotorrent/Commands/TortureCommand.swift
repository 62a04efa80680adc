import ArgumentParser
import GossipSimulation
import ProgramSupport

struct TortureCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "torture", abstract: "Run simulated swarms in which everything goes wrong, and check them.",
        discussion: """
            Each seed draws a swarm and its faults: loss, delay, duplication, reordering, partitions, crashes, restarts, \
            outages of the tracker and of the clock, lost ticks, nodes that come, go, are slow, lie or send wrong bytes. \
            At every step invariants are checked; then the faults end, and every honest peer must complete within a \
            bound. docs/faults.md explains it.

              gotorrent torture --from-seed 1 --count 300

            Prints what came out as one JSON object. A seed that breaks an invariant is reported with its last cycles \
            and the command that replays it; the exit code is then 1.
            """)

    @Option(help: "The first seed.")
    var fromSeed: UInt64 = 1

    @Option(help: "How many seeds, one after the other.")
    var count: UInt64 = 1

    @Flag(help: "Pass every message through the frames of the wire; the outcome is the same.")
    var encoded = false

    @Option(help: "Cores to use; the result does not depend on it. (default: all)")
    var workers: Int?

    func run() async throws {
        try await Failure.reported {
            let campaign = try campaign()
            let progress = SimulationProgress { done, _ in "seed \(done) of \(campaign.seeds.count)" }
            let summary = campaign.run { progress.show(runs: $0, cycle: 0) }
            progress.finish()
            for failure in summary.failures { Console.note(failure.report ?? "") }
            Console.result(summary.json)
            if !summary.failures.isEmpty { throw ExitCode.failure }
        }
    }

    private func campaign() throws -> FaultCampaign {
        guard count >= 1 else { throw UsageError("--count is 0; it must be at least 1") }
        guard count <= 1 << 40 else { throw UsageError("--count is \(count); it must be at most \(1 << 40)") }
        let (last, isTooHigh) = fromSeed.addingReportingOverflow(count - 1)
        guard !isTooHigh else { throw UsageError("--from-seed is \(fromSeed); \(count) seeds from there do not exist") }
        if let workers, workers < 1 { throw UsageError("--workers is \(workers); it must be at least 1") }
        var campaign = FaultCampaign(seeds: fromSeed...last)
        campaign.encodesMessages = encoded
        campaign.workers = workers ?? Machine.coreCount
        return campaign
    }
}
