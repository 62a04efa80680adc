import ArgumentParser
import ProgramSupport

struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Look at a run that was detached.",
        discussion: """
            Prints a line for each node: its host, its name, and whether it runs. Exit code 0 only if all do. How far the \
            swarm is, `gotorrent monitor` shows on the tracker's bus.
            """)

    @Argument(help: "The run directory.")
    var directory: String

    func run() async throws {
        try await Failure.reported {
            let session = try DetachedSession(directory)
            if try await !Interruption.stopping({ try await session.status() }) { throw ExitCode.failure }
        }
    }
}
