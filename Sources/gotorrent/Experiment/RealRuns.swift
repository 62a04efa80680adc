import GossipCore
import GossipSimulation
import ProgramSupport
import Reporting
import Subprocess
import Topology

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// The real side of an experiment: `gotorrent run`, one run after another, each with the machine to itself.
struct RealRuns: Sendable {
    /// What `gotorrent run` has to stop its nodes when we are interrupted.
    private static let grace = Duration.seconds(5)

    let directory: ExperimentDirectory
    let count: Int

    /// Runs one style so many times. A run that fails is told, and the others go on.
    func outcome(_ style: GossipStyle) async throws -> (sample: RunSample, runs: [RecordedRun]) {
        var runs: [RecordedRun] = []
        for number in 1...count {
            try Task.checkCancellation()
            if let run = try await run(style, number) { runs.append(run) }
        }
        let sum = runs.map(\.messages)
        let cycles = Statistics(runs.map { Double($0.cycles) })
        return (
            RunSample(
                runs: count, completed: runs.count, cycles: cycles.map { CycleSpread($0) },
                messages: MessageMeans.mean(of: sum)),
            runs
        )
    }

    private func run(_ style: GossipStyle, _ number: Int) async throws -> RecordedRun? {
        let output = directory.run(style, number)
        let place = "\(style.rawValue), run \(number) of \(count)"
        let arguments = [
            "run", directory.topology, "--style", style.rawValue, "--port", "0", "--no-figures",
            "--output", output.path,
        ]
        var options = PlatformOptions()
        // A group of its own: an interrupted terminal interrupts us, and we stop the run.
        options.processGroupID = 0
        options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: Self.grace)]
        let status: TerminationStatus
        let said: String
        do {
            let result = try await Subprocess.run(
                .path(FilePath(ExecutablePath.current)), arguments: Arguments(arguments), platformOptions: options,
                output: .discarded, error: .string(limit: 64 << 20))
            (status, said) = (result.terminationStatus, result.standardError)
        } catch {
            try Task.checkCancellation()
            throw LaunchError("cannot run \(ExecutablePath.current): \(error)")
        }
        try Task.checkCancellation()
        guard status == .exited(0) else {
            let reason = said.split(separator: "\n").suffix(5).joined(separator: "\n")
            Console.note("\(place) failed (\(status)):\n\(reason)")
            return nil
        }
        let run = try RecordedRun.read(output, number: number)
        Console.note("\(place): \(run.cycles) cycles")
        return run
    }
}
